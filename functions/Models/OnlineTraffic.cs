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

    // An endpoint takes a minute or so to change its traffic, and its servers cannot change meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The servers' shares, percent; none where there is no such endpoint.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public async Task<IReadOnlyDictionary<string, int>> ReadAsync(RegionTarget target, string endpoint, CancellationToken cancellationToken) =>
        ((await resources.ReadAsync(target, endpoint, Version, cancellationToken))?["properties"]?["traffic"] as JsonObject ?? [])
            .Where(share => share.Value is JsonValue value && value.TryGetValue<int>(out _))
            .ToDictionary(share => share.Key, share => share.Value!.GetValue<int>());

    /// <summary>Gives a server all of it, and waits until it has it.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or the endpoint is not done in time.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public async Task GiveAsync(RegionTarget target, string endpoint, string server, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (await resources.ReadAsync(target, endpoint, Version, cancellationToken) is not { } found)
        {
            throw new StackRefusedException($"{target}: expected {endpoint}, found none");
        }

        var body = Writable(found);
        body["properties"]!["traffic"] = new JsonObject { [server] = All };
        body["properties"]!.AsObject().Remove("mirrorTraffic");
        await resources.PutAsync(target, endpoint, Version, body, cancellationToken);
        var state = await stacks.Of(target.Stack).Pace.WatchAsync(
            async () => (await resources.ReadAsync(target, endpoint, Version, cancellationToken))?["properties"]?["provisioningState"]?.GetValue<string>(),
            seen => seen is "Succeeded" or "Failed" or "Canceled",
            Patience,
            time,
            cancellationToken);
        if (state != "Succeeded")
        {
            throw new StackUnavailableException($"{target}: expected {endpoint} to give its traffic to {server}; found it {state ?? "gone"}");
        }
    }

    // What ARM answers holds what it alone writes.
    internal static JsonObject Writable(JsonObject found)
    {
        var body = new JsonObject();
        foreach (var name in new[] { "location", "tags", "sku", "kind", "identity", "properties" })
        {
            if (found[name] is { } value)
            {
                body[name] = value.DeepClone();
            }
        }

        foreach (var name in new[] { "provisioningState", "scoringUri", "swaggerUri" })
        {
            (body["properties"] as JsonObject)?.Remove(name);
        }

        return body;
    }
}
