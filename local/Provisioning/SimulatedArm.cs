using System.Text.Json.Nodes;
using Azure.Core;
using Orchestrator.Core.Configurations;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Local.Provisioning;

/// <summary>Puts resources into a stack's simulated ARM.</summary>
internal static class SimulatedArm
{
    private const string GroupVersion = "2024-03-01";
    private const string RegistryVersion = "2025-11-01";

    /// <summary>Puts a resource, and returns it as ARM has it then.</summary>
    /// <exception cref="InvalidOperationException">ARM refuses it.</exception>
    public static async Task<JsonObject> PutAsync(StackConnection connection, string path, string version, JsonObject body, CancellationToken cancellationToken)
    {
        using var message = connection.Pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Put;
        message.Request.Uri.Reset(new Uri(connection.Stack.Cloud.ArmEndpoint, $"{path}?api-version={version}"));
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Content = RequestContent.Create(BinaryData.FromString(body.ToJsonString()));
        await connection.Pipeline.SendAsync(message, cancellationToken);
        var content = message.Response.Content.ToString();
        return message.Response.IsError
            ? throw new InvalidOperationException($"PUT {path}: {message.Response.Status} {content}")
            : JsonNode.Parse(content)!.AsObject();
    }

    /// <summary>Puts what a stack's owners have before they run the program: the registry that its images are in.</summary>
    public static async Task PutBelongingsAsync(StackConnection connection, StackConfiguration stack, CancellationToken cancellationToken)
    {
        if (stack.Registry?.Value is not { } registry)
        {
            return;
        }

        var group = registry[..registry.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase)];
        var region = stack.Orchestrator.Region.Value;
        await PutAsync(connection, group, GroupVersion, new() { ["location"] = region }, cancellationToken);
        await PutAsync(connection, registry, RegistryVersion, new() { ["location"] = region, ["sku"] = new JsonObject { ["name"] = "Standard" } }, cancellationToken);
    }
}
