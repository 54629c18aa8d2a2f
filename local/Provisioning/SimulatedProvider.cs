using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Orchestrator.Functions.Azure;
using Pulumi.Testing;

namespace Orchestrator.Local.Provisioning;

/// <summary>
/// Stands in for the azure-native provider where the engine is a test's: each resource that the program asks for is put into the
/// stack's ARM, with the path, the API version and the body that the provider would send.
/// </summary>
/// <param name="connection">The way to the stack's ARM.</param>
internal sealed class SimulatedProvider(StackConnection connection) : IMocks
{
    private const string Package = "azure-native:";

    // More at once than processors gain nothing, and each needs a connection of its own. One program runs at a time.
    private static readonly SemaphoreSlim Room = new(4);

    // What ARM keeps beside a resource's properties.
    private static readonly HashSet<string> Envelope = ["location", "tags", "sku", "kind", "identity", "zones"];

    public async Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        if (!args.Type!.StartsWith(Package, StringComparison.Ordinal))
        {
            return (args.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : null, args.Inputs);
        }

        var path = AzureNativePaths.Of(args.Type, connection.Stack.SubscriptionId, args.Inputs);
        var answer = await PutAsync(path, Body(args.Inputs, path));
        return (answer["id"]!.GetValue<string>(), State(answer, args.Inputs.ContainsKey("properties")));
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException($"The simulated provider has no functions, and '{args.Token}' was called.");

    private async Task<JsonObject> PutAsync(AzureNativePath path, JsonObject body)
    {
        await Room.WaitAsync();
        try
        {
            return await SimulatedArm.PutAsync(connection, path.Path, path.ApiVersion, body, CancellationToken.None);
        }
        finally
        {
            Room.Release();
        }
    }

    private static JsonObject Body(ImmutableDictionary<string, object> inputs, AzureNativePath path)
    {
        var body = new JsonObject();
        var properties = inputs.TryGetValue("properties", out var nested) ? PropertyJson.ToJson(nested)!.AsObject() : [];
        foreach (var (name, value) in inputs.Where(input => input.Key != "properties" && !path.Taken.Contains(input.Key)))
        {
            (Envelope.Contains(name) ? body : properties)[name] = PropertyJson.ToJson(value);
        }

        // A list of ids on the way in, a map by id in ARM.
        if (body["identity"]?["userAssignedIdentities"] is JsonArray ids)
        {
            body["identity"]!["userAssignedIdentities"] = new JsonObject(ids.Select(id => KeyValuePair.Create<string, JsonNode?>(id!.GetValue<string>(), new JsonObject())));
        }

        body["properties"] = properties;
        return body;
    }

    // Types with an input called properties have an output of that name; those of the others stand beside the name.
    private static ImmutableDictionary<string, object> State(JsonObject answer, bool nested)
    {
        var all = nested
            ? answer.AsEnumerable()
            : answer.Where(item => item.Key != "properties").Concat(answer["properties"]?.AsObject().AsEnumerable() ?? []);
        return all
            .Where(item => item.Value is not null && item.Key != "identity")
            .ToImmutableDictionary(item => $"{char.ToLowerInvariant(item.Key[0])}{item.Key[1..]}", item => PropertyJson.FromJson(item.Value)!);
    }
}
