using System.Text.Json.Nodes;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>Which of an online endpoint's servers gets the requests that name none.</summary>
/// <param name="resources">The resources.</param>
/// <param name="stacks">How often their ARM may be asked.</param>
/// <param name="time">The clock.</param>
public sealed class OnlineTraffic(ModelResources resources, StackConnections stacks, TimeProvider time)
{
    /// <summary>All of it, in percent.</summary>
    internal const int All = 100;

    private const string Version = ApiVersions.MachineLearning;
    private const string Traffic = "traffic";
    private const string Mirror = "mirrorTraffic";

    // An endpoint takes a minute or so to change its traffic, and its servers cannot change meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The servers' shares, percent; none where there is no such endpoint.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public async Task<IReadOnlyDictionary<string, int>> ReadAsync(RegionTarget target, string endpoint, CancellationToken cancellationToken) =>
        SharesOf(await resources.ReadAsync(target, endpoint, Version, cancellationToken));

    /// <summary>Gives a server all of it, and waits until it has it. Nothing is copied to that one any more.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or the endpoint is not done in time.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public Task GiveAsync(RegionTarget target, string endpoint, string server, CancellationToken cancellationToken) => ChangeAsync(
        target,
        endpoint,
        properties =>
        {
            properties[Traffic] = new JsonObject { [server] = All };
            if (IsMirror(properties, server))
            {
                properties.Remove(Mirror);
            }
        },
        cancellationToken);

    /// <summary>Has a part of the requests that name no server copied to one that has none, and waits until they are.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or the endpoint is not done in time.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public Task CopyAsync(RegionTarget target, string endpoint, string server, int percent, CancellationToken cancellationToken) =>
        ChangeAsync(target, endpoint, properties => properties[Mirror] = new JsonObject { [server] = percent }, cancellationToken);

    /// <summary>Has nothing copied to a server any more, and waits until that is so.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or the endpoint is not done in time.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public async Task CopyNoMoreAsync(RegionTarget target, string endpoint, string server, CancellationToken cancellationToken)
    {
        var found = await resources.ReadAsync(target, endpoint, Version, cancellationToken);
        if (IsMirror(found?["properties"], server))
        {
            await ChangeAsync(target, endpoint, properties => properties.Remove(Mirror), cancellationToken);
        }
    }

    private async Task ChangeAsync(RegionTarget target, string endpoint, Action<JsonObject> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (await resources.ReadAsync(target, endpoint, Version, cancellationToken) is not { } found)
        {
            throw new StackRefusedException($"{target}: expected {endpoint}, found none");
        }

        var body = Writable(found);
        change(body["properties"]!.AsObject());
        await resources.PutAsync(target, endpoint, Version, body, cancellationToken);
        var state = await stacks.Of(target.Stack).Pace.WatchAsync(
            async () => (await resources.ReadAsync(target, endpoint, Version, cancellationToken))?["properties"]?["provisioningState"]?.GetValue<string>(),
            seen => seen is "Succeeded" or "Failed" or "Canceled",
            Patience,
            time,
            cancellationToken);
        if (state != "Succeeded")
        {
            throw new StackUnavailableException($"{target}: expected {endpoint} to share its traffic as it was told; found it {state ?? "gone"}");
        }
    }

    /// <summary>The servers' shares of an endpoint as ARM has it, percent; none where there is no such endpoint.</summary>
    internal static IReadOnlyDictionary<string, int> SharesOf(JsonObject? endpoint) => SharesOf(endpoint, Traffic);

    /// <summary>The server that an endpoint's requests are copied to; null where there is none. A share of 0 is how a mirror is switched off.</summary>
    internal static string? CopiedTo(JsonObject? endpoint) => SharesOf(endpoint, Mirror).FirstOrDefault(share => share.Value > 0).Key;

    /// <summary>An endpoint, or one of its servers, as it is put again: what ARM answers holds what it alone writes.</summary>
    internal static JsonObject Writable(JsonObject found) =>
        WritableBody.Of(found, ["location", "tags", "sku", "kind", "identity", "properties"], ["provisioningState", "scoringUri", "swaggerUri"]);

    private static Dictionary<string, int> SharesOf(JsonObject? endpoint, string name) => (endpoint?["properties"]?[name] as JsonObject ?? [])
        .Where(share => share.Value is JsonValue value && value.TryGetValue<int>(out _))
        .ToDictionary(share => share.Key, share => share.Value!.GetValue<int>());

    // Whatever its share.
    private static bool IsMirror(JsonNode? properties, string server) => (properties?[Mirror] as JsonObject)?.ContainsKey(server) == true;
}
