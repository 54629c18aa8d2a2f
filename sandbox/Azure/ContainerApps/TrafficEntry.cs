using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure.ContainerApps;

/// <summary>One entry of an app's traffic.</summary>
internal sealed record TrafficEntry(string? Revision, int Weight, string? Label)
{
    public static TrafficEntry Latest { get; } = new(null, 100, null);

    public static IReadOnlyList<TrafficEntry> Read(JsonArray? traffic) => traffic is null or { Count: 0 }
        ? [Latest]
        : [.. traffic.OfType<JsonObject>().Select(entry => new TrafficEntry(
            entry["latestRevision"]?.GetValue<bool>() == true ? null : entry["revisionName"]?.GetValue<string>() ?? string.Empty,
            entry["weight"]?.GetValue<int>() ?? 0,
            entry["label"]?.GetValue<string>()))];

    /// <exception cref="ArmException">The weights do not add up, or an entry names a revision that cannot serve.</exception>
    public static void Check(IReadOnlyList<TrafficEntry> traffic, Func<string, bool> canServe)
    {
        var sum = traffic.Sum(entry => entry.Weight);
        if (sum != 100)
        {
            throw new ArmException(400, "InvalidTrafficWeight", $"The sum of the traffic weights must be 100, it is {sum}.");
        }

        foreach (var entry in traffic)
        {
            if (entry.Revision is { } revision && !canServe(revision))
            {
                throw new ArmException(400, "InvalidTrafficRevision", $"The revision '{revision}' in the traffic configuration does not exist or is not active.");
            }
        }
    }

    public JsonObject Write()
    {
        var entry = new JsonObject { ["weight"] = Weight };
        if (Revision is null)
        {
            entry["latestRevision"] = true;
        }
        else
        {
            entry["revisionName"] = Revision;
        }

        if (Label is not null)
        {
            entry["label"] = Label;
        }

        return entry;
    }
}
