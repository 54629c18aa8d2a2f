namespace Orchestrator.Core.Parity;

/// <summary>What must hold between the stacks of a release once all of them have ended. What is not bounded is shown, and decides nothing.</summary>
/// <param name="MaxDifference">How far the stacks' pass rates over all cases may be apart, 0 to 1.</param>
/// <param name="Categories">The same for single categories of the suite.</param>
/// <param name="LatencyBand">How many times as long as the quickest stack's the slowest stack's median answer may take, 1 or more; null for no bound.</param>
/// <param name="MinCases">At least so many cases must have been tried in every stack; fewer are not enough to tell.</param>
/// <param name="Exceptions">Differences that are accepted for a while.</param>
public sealed record ParityDemand(
    double MaxDifference,
    IReadOnlyDictionary<string, double> Categories,
    double? LatencyBand,
    int MinCases,
    IReadOnlyList<AcceptedDifference> Exceptions)
{
    /// <summary>The line over all cases, where categories have theirs.</summary>
    public const string Overall = "overall";

    /// <summary>The line of the latencies, where categories have theirs.</summary>
    public const string Latency = "latency";

    /// <summary>What a release demands that says no more than that it does: pass rates at most a tenth apart, over at least three cases.</summary>
    public static ParityDemand Default { get; } = new(0.1, new Dictionary<string, double>(), null, 3, []);
}
