using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Suites;

/// <summary>What a candidate's models must show on the suite, beside what serves now, before they get traffic.</summary>
/// <param name="When">Which candidates run the suite.</param>
/// <param name="Margin">How far a candidate's pass rate may be below its baseline's, 0 to 1: by 0.2 it may fall from 92 % to 72 %.</param>
/// <param name="Confidence">
/// How sure a verdict has to be, above 0.5 and below 1: an equal candidate fails, and one that is worse by the margin passes, with what is left to 1.
/// </param>
/// <param name="MinCases">At least so many cases have to count; fewer are not enough to tell.</param>
/// <param name="MinScore">At least this pass rate, whatever the baseline has; null for none.</param>
/// <param name="Parallel">How many requests are under way at once.</param>
public sealed record GatePolicy(
    GateTrigger When,
    double Margin,
    double Confidence,
    int MinCases,
    double? MinScore,
    int Parallel)
{
    /// <summary>
    /// Where models change: at most 20 points worse, with 95 % confidence, over at least 20 cases. A suite of some dozens of cases
    /// cannot tell a smaller loss from chance; one of hundreds may have a smaller margin.
    /// </summary>
    public static GatePolicy Default { get; } = new(GateTrigger.ModelChange, 0.2, 0.95, 20, null, 8);
}

/// <summary>Which candidates run the suite.</summary>
[JsonConverter(typeof(WordJsonConverter<GateTrigger>))]
public enum GateTrigger
{
    /// <summary>Those that change a model.</summary>
    ModelChange,

    /// <summary>All.</summary>
    Always,

    /// <summary>None.</summary>
    Never,
}
