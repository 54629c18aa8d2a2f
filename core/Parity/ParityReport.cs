using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Parity;

/// <summary>The stacks of a release side by side.</summary>
/// <param name="Verdict">The worst of the lines; at least inconclusive when a stack has nothing to show that can be compared.</param>
/// <param name="Reason">The verdict in words, for people.</param>
/// <param name="Date">The day, in UTC, that exceptions were looked up for.</param>
/// <param name="Stacks">What each stack has shown, or why it has nothing to show, in the order of their names.</param>
/// <param name="Lines">All cases, then each category, then the latencies; none when there are no two stacks to compare.</param>
/// <param name="Cases">Every case that a stack has tried, in the suite's order.</param>
public sealed record ParityReport(
    Verdict Verdict,
    string Reason,
    DateOnly Date,
    IReadOnlyList<StackShowing> Stacks,
    IReadOnlyList<ParityLine> Lines,
    IReadOnlyList<ParityCase> Cases);

/// <summary>A stack of a report.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Model">The models that were asked; null when it has nothing to show.</param>
/// <param name="At">When they were.</param>
/// <param name="Suite">The suite's name.</param>
/// <param name="Digest">The digest of the suite's file.</param>
/// <param name="Missing">Why it has nothing to show; null when it has.</param>
public sealed record StackShowing(
    StackName Stack,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suite,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Sha256Digest? Digest,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Missing);

/// <summary>A case of a report.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Category">What it is about.</param>
/// <param name="IsQuarantined">Whether it is only told, and counts for nothing.</param>
/// <param name="Stacks">What its tries came to in each stack that has tried it.</param>
public sealed record ParityCase(
    string Id,
    string Category,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsQuarantined,
    IReadOnlyDictionary<StackName, CaseTally> Stacks);

/// <summary>What the tries of a case came to in a stack.</summary>
/// <param name="Passed">Tries that passed.</param>
/// <param name="Tries">Tries that were graded.</param>
public sealed record CaseTally(int Passed, int Tries);
