using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Pulumi.Testing;

namespace Orchestrator.Infra.Tests;

/// <summary>Answers as Azure would, with ids and addresses made from names, and keeps what was asked for.</summary>
internal sealed class RecordingAzure : IMocks
{
    private readonly ConcurrentQueue<MockResourceArgs> asked = new();

    /// <summary>All resources but components, by type and name.</summary>
    public IReadOnlyList<MockResourceArgs> Asked => [.. asked.Where(IsResource).OrderBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>The client id of an identity: one for each, so that it shows whose is used where.</summary>
    public static string ClientOf(string identity) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(identity))[..16]).ToString();

    /// <summary>The principal of an identity.</summary>
    public static string PrincipalOf(string identity) => $"principal of {identity}";

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
        var type = args.Type!.Split(':')[^1];
        var name = args.Inputs.GetValueOrDefault(OwnName(type)) ?? args.Name!;
        var state = args.Inputs.SetItem("name", name);
        return type switch
        {
            "UserAssignedIdentity" => state.Add("clientId", ClientOf(args.Name!)).Add("principalId", PrincipalOf(args.Name!)),
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

    // Where a resource's own name stands among its inputs: what else ends in "Name" is a parent's.
    private static string OwnName(string type) => type switch
    {
        "ResourceGroup" => "resourceGroupName",
        "ManagedEnvironment" => "environmentName",
        "ContainerApp" => "containerAppName",
        "StorageAccount" or "Account" => "accountName",
        "Vault" => "vaultName",
        "Workspace" => "workspaceName",
        "OnlineEndpoint" => "endpointName",
        "Compute" => "computeName",
        "VirtualNetwork" => "virtualNetworkName",
        "PrivateEndpoint" => "privateEndpointName",
        "PrivateZone" => "privateZoneName",
        _ => "name",
    };

    private static ImmutableDictionary<string, object> Map(params (string Key, object Value)[] values) =>
        values.ToImmutableDictionary(value => value.Key, value => value.Value);
}
