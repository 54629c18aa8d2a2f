using System.Text.Json.Serialization;
using Orchestrator.Core.Analysis;

namespace Orchestrator.Functions.Analysis;

/// <summary>Where one process' counters stand.</summary>
/// <param name="At">When they were read.</param>
/// <param name="ProcessStart">When the process began that keeps them; null when it does not say.</param>
/// <param name="Series">By metric.</param>
public sealed record Counters(DateTimeOffset At, DateTimeOffset? ProcessStart, IReadOnlyList<CounterSeries> Series);

/// <summary>The counters of one metric; each only grows as long as its process lives.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Total">Requests.</param>
/// <param name="Events">Of a share: those that count.</param>
/// <param name="Buckets">Of a time: how many took at most so long, cumulative, by upper bound in seconds; the last bound is null, for all.</param>
public sealed record CounterSeries(Metric Metric, double Total, double Events, IReadOnlyList<CounterBucket> Buckets)
{
    /// <summary>Stands for a counter that the workload gave no number for.</summary>
    public const double NoNumber = -1;
}

/// <summary>A bucket of a histogram.</summary>
/// <param name="AtMost">Its upper bound in seconds; null for no bound.</param>
/// <param name="Count">How many were at most that, since the process began.</param>
public sealed record CounterBucket(double? AtMost, double Count);

/// <summary>One replica's counters over a window: a revision answers with one of its replicas, and with another one next time.</summary>
/// <param name="Opening">Where they stood when the replica was first seen in the window.</param>
/// <param name="Latest">Where they stood when it was last seen.</param>
public sealed record ReplicaCounters(Counters Opening, Counters Latest)
{
    /// <summary>Whether counters read later are of the same process.</summary>
    public bool Continues(Counters later) => later.ProcessStart == Latest.ProcessStart;

    /// <summary>What happened in between; null when nothing is known of it.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<Metric, Sample>? Increase => CounterIncrease.Between(Opening, Latest);
}
