using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Parity;

/// <summary>One line of a parity report: the stacks side by side on all cases, on a category, or on how long answers take.</summary>
/// <param name="Name">A category, <see cref="ParityDemand.Overall"/> or <see cref="ParityDemand.Latency"/>.</param>
/// <param name="Cases">How many cases were compared: those that count and that every stack has tried.</param>
/// <param name="Stacks">What each stack shows.</param>
/// <param name="Difference">How far the two stacks that differ most are apart: of pass rates the difference, of latencies the ratio; null without a case.</param>
/// <param name="Interval">Where the true difference of those two lies; null for latencies.</param>
/// <param name="Bound">How far they may be apart; null when the release does not say, and then nothing follows.</param>
/// <param name="Verdict">What follows.</param>
/// <param name="Reason">The verdict in words, for people.</param>
/// <param name="Exception">The exception that the difference is accepted by; null when it is within its bound, or none was there.</param>
/// <param name="Expired">The exception that would have been, had it not expired; null for none.</param>
public sealed record ParityLine(
    string Name,
    int Cases,
    IReadOnlyDictionary<StackName, ParityMeasure> Stacks,
    double? Difference,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Interval? Interval,
    double? Bound,
    Verdict Verdict,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AcceptedDifference? Exception = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AcceptedDifference? Expired = null);
