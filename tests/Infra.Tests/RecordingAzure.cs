using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace Orchestrator.Infra.Tests;

/// <summary>Answers as Azure would, with ids and addresses made from names, and keeps what was asked for.</summary>
internal sealed class RecordingAzure : IMocks
{
    private readonly ConcurrentQueue<MockResourceArgs> asked = new();

    /// <summary>All resources but components, by type and name.</summary>
    public IReadOnlyList<MockResourceArgs> Asked => [.. asked.Where(IsResource).OrderBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal)];

    public IEnumerable<MockResourceArgs> Of(string type) => Asked.Where(one => one.Type == type);

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        asked.Enqueue(args);
        return Task.FromResult<(string?, object)>(IsResource(args) ? ($"/{args.Type}/{args.Name}", State(args)) : (null, args.Inputs));
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException($"The program calls no function, but asked for {args.Token}.");

    private static bool IsResource(MockResourceArgs args) => args.Type!.StartsWith("azure-native:", StringComparison.Ordinal) || args.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal);

    private static ImmutableDictionary<string, object> State(MockResourceArgs args)
    {
        var name = args.Inputs.Where(input => input.Key is "resourceGroupName" or "accountName" or "vaultName" or "containerAppName" or "environmentName" or "name" or "resourceName" or "workspaceName" or "endpointName" or "virtualNetworkName" or "privateEndpointName" or "privateZoneName")
            .Select(input => input.Value).LastOrDefault() ?? args.Name!;
        var state = args.Inputs.SetItem("name", name);
        return args.Type!.Split(':')[^1] switch
        {
            "UserAssignedIdentity" => state.Add("clientId", Guid.Empty.ToString()).Add("principalId", $"principal of {args.Name}"),
            "StorageAccount" => state.Add("primaryEndpoints", Map(("blob", $"https://{name}.blob/"), ("queue", $"https://{name}.queue/"), ("table", $"https://{name}.table/"))),
            "Vault" => state.SetItem("properties", Map(("vaultUri", $"https://{name}.vault/"))),
            "Account" => state.SetItem("properties", Map(("endpoint", $"https://{name}.ai/"))),
            "OnlineEndpoint" => state.SetItem("properties", Map(("scoringUri", $"https://{name}.ml/score"))),
            "ContainerApp" => state.SetItem("configuration", Map(("ingress", Map(("fqdn", $"{name}.apps"))))),
            "Component" => state.Add("connectionString", $"InstrumentationKey={args.Name}"),
            "WebApp" => state.Add("defaultHostName", $"{name}.functions"),
            _ => state,
        };
    }

    private static ImmutableDictionary<string, object> Map(params (string Key, object Value)[] values) =>
        values.ToImmutableDictionary(value => value.Key, value => value.Value);
}
