using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models.Chat;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>Finds the model that stands behind an address, from what has been deployed and registered.</summary>
internal sealed class ModelLocator(CloudState cloud)
{
    private const string AccountType = "Microsoft.CognitiveServices/accounts";

    private readonly ConcurrentDictionary<string, EngineMetrics> metrics = new(StringComparer.OrdinalIgnoreCase);
    private int routed;

    public Resource? Account(string name) => Named(AccountType, name);

    public Resource? Endpoint(string name) => Named(OnlineEndpoints.Type, name);

    /// <summary>A closed model, by its account and its deployment.</summary>
    public Located Closed(Resource account, string deployment)
    {
        var id = $"{account.Id}/deployments/{deployment}";
        if (!cloud.Resources.TryGetValue(id, out var resource) || !IsDone(resource))
        {
            return new(LocatedState.Absent, Missing: $"deployment '{deployment}'");
        }

        var properties = resource.Body["properties"];
        var (name, version) = (properties?["model"]?["name"]?.ToString() ?? string.Empty, properties?["model"]?["version"]?.ToString());
        version ??= cloud.Options.Offer.ClosedModels.Where(model => model.Name == name).Select(model => model.Version).Max(StringComparer.Ordinal) ?? string.Empty;
        return cloud.Models.FindClosed(name, version) is not { } model
            ? new(LocatedState.Unknown, Missing: $"model '{name}' in version '{version}'")
            : new(LocatedState.Ready, new(model, resource.Name, model.FullName, new AzureDialect(), cloud.Place(account.Location))
            {
                // Azure's own policies filter; one of the customer's may not.
                HasFilter = properties?["raiPolicyName"]?.ToString() is not { } policy || policy.StartsWith("Microsoft.", StringComparison.Ordinal),
                Limit = new(id, resource.Body["sku"]?["capacity"]?.GetValue<int>() ?? 1),
            });
    }

    /// <summary>The server of an online endpoint that a request goes to: the one that it names, or by the shares of the traffic.</summary>
    public Located Online(Resource endpoint, string? deployment)
    {
        var chosen = deployment ?? Route(endpoint.Body["properties"]?["traffic"] as JsonObject ?? []);
        if (chosen is null || !cloud.Resources.TryGetValue($"{endpoint.Id}/deployments/{chosen}", out var resource))
        {
            return new(LocatedState.Absent, Missing: chosen is null ? "deployment with traffic" : $"deployment '{chosen}'");
        }

        var environment = resource.Body["properties"]?["environmentVariables"];
        var digest = environment?["WEIGHTS_DIGEST"]?.ToString();
        var name = environment?["SERVED_MODEL_NAME"]?.ToString() ?? resource.Name;
        return !IsDone(resource) ? new(LocatedState.Loading, Missing: $"deployment '{chosen}'")
            : cloud.Models.FindOpen(digest, name) is not { } model ? new(LocatedState.Unknown, Missing: $"model with weights '{digest}'")
            : new(LocatedState.Ready, Open(model, name, ServingEngine.Vllm, cloud.Place(endpoint.Location), resource.Id) with { Deployment = resource.Name, Route = new(endpoint, IsNamed: deployment is not null) });
    }

    /// <summary>A model of an external server.</summary>
    public Located External(string server, ExternalModel served) =>
        cloud.Now < served.LoadedFrom ? new(LocatedState.Loading, Missing: $"model '{served.ServedName}'")
        : cloud.Models.FindOpen(served.WeightsDigest, served.ServedName) is not { } model ? new(LocatedState.Unknown, Missing: $"model with weights '{served.WeightsDigest}'")
        : new(LocatedState.Ready, Open(model, served.ServedName, served.Engine, $"{server}.external", $"{server} {served.ServedName} {served.WeightsDigest}"));

    private ServedModel Open(SandboxModel model, string name, ServingEngine engine, string place, string server) =>
        new(model, name, name, new EngineDialect(engine), place) { Metrics = metrics.GetOrAdd(server, _ => new()) };

    private Resource? Named(string type, string name) => cloud.Resources.Values.FirstOrDefault(one => Is(one.Type, type) && Is(one.Name, name));

    // 37 has no divisor in common with 100: a hundred requests meet every percent once, well mixed.
    private string? Route(JsonObject traffic)
    {
        var point = (int)((uint)Interlocked.Increment(ref routed) * 37 % 100);
        foreach (var (name, share) in traffic)
        {
            point -= share?.GetValue<int>() ?? 0;
            if (point < 0)
            {
                return name;
            }
        }

        return null;
    }

    private bool IsDone(Resource resource) => resource.Operation is not { } operation || operation.End <= cloud.Now;

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
