using Orchestrator.Core.Analysis;

namespace Orchestrator.Functions.Analysis;

/// <summary>
/// What the replicas of a revision have counted within a window. One that is first seen in the midst of it counts from there; one
/// that began within it counts whole; one whose counters fell, or are no numbers, is seen anew.
/// </summary>
internal static class ReplicaWindow
{
    /// <summary>The window with what has just been read.</summary>
    /// <param name="before">The replicas seen so far.</param>
    /// <param name="opened">When the window was opened.</param>
    /// <param name="read">What was read now.</param>
    public static IReadOnlyList<ReplicaCounters> With(IReadOnlyList<ReplicaCounters> before, DateTimeOffset opened, IEnumerable<Counters> read)
    {
        var replicas = before.ToList();
        foreach (var counters in read)
        {
            var index = replicas.FindIndex(replica => replica.Continues(counters));
            if (index < 0)
            {
                replicas.Add(Seen(counters, opened));
            }
            else
            {
                var later = replicas[index] with { Latest = counters };
                replicas[index] = later.Increase is null ? new(counters, counters) : later;
            }
        }

        return replicas;
    }

    /// <summary>All that happened, by metric.</summary>
    public static IReadOnlyDictionary<Metric, Sample> Sum(IReadOnlyList<ReplicaCounters> replicas) => replicas
        .SelectMany(replica => replica.Increase ?? new Dictionary<Metric, Sample>())
        .GroupBy(one => one.Key)
        .ToDictionary(metric => metric.Key, metric => metric.Select(one => one.Value).Aggregate((sum, next) => sum.With(next)));

    private static ReplicaCounters Seen(Counters counters, DateTimeOffset opened) =>
        new(counters.ProcessStart >= opened ? counters with { Series = [] } : counters, counters);
}
