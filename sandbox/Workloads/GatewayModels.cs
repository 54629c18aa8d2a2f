using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Azure.ContainerApps;
using Orchestrator.Sandbox.Models.Serving;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>The models that a gateway's revision has been told of, in its environment variable <c>MODELS</c>.</summary>
internal static class GatewayModels
{
    private const string Variable = "MODELS";

    public static IEnumerable<JsonObject> Of(Revision revision)
    {
        var variables = revision.Template["containers"]?[0]?["env"] as JsonArray ?? [];
        var text = variables.OfType<JsonObject>().FirstOrDefault(variable => variable["name"]?.ToString() == Variable)?["value"]?.ToString();
        try
        {
            return string.IsNullOrEmpty(text) || JsonNode.Parse(text) is not JsonArray entries ? [] : entries.OfType<JsonObject>();
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The host that an entry's model is at, without a port; null when it has no address.</summary>
    public static string? HostOf(JsonObject entry) => Uri.TryCreate(entry["endpoint"]?.ToString(), UriKind.Absolute, out var endpoint) ? endpoint.Host : null;

    /// <summary>The server of an online endpoint that an entry names; null when it names none.</summary>
    public static string? ServerOf(JsonObject entry) => (entry["headers"] as JsonObject)?
        .FirstOrDefault(header => header.Key.Equals(OnlineEndpointHost.DeploymentHeader, StringComparison.OrdinalIgnoreCase)).Value?.ToString();
}
