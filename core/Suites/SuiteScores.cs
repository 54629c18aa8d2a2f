using Orchestrator.Core.Names;

namespace Orchestrator.Core.Suites;

/// <summary>
/// What a run of a suite has measured, as numbers under case ids. It holds no prompt, no answer and no log, so it is what one stack
/// may show another.
/// </summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Digest">The digest of the suite's file: scores of different files are not compared.</param>
/// <param name="Cases">One entry for each case that was run, in the suite's order.</param>
public sealed record SuiteScores(string Suite, Sha256Digest Digest, IReadOnlyList<CaseScore> Cases)
{
    /// <summary>The cases that count: those that are not quarantined.</summary>
    public IEnumerable<CaseScore> Counting() => Cases.Where(one => !one.IsQuarantined);
}

/// <summary>What the tries of one case came to.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Category">What it is about, e.g. <c>coding</c>.</param>
/// <param name="Passed">Tries that every grader passed.</param>
/// <param name="Tries">Tries that were answered, and so could be graded.</param>
/// <param name="Errors">Tries that could not be measured: no connection, a rate limit that did not lift, a server that broke down.</param>
/// <param name="IsQuarantined">Whether the case is only told, and counts for nothing.</param>
/// <param name="FirstTokenMs">Median milliseconds to the first token; null where nothing was streamed.</param>
/// <param name="LatencyMs">Median milliseconds to the whole answer; null without an answer.</param>
/// <param name="TokensPerSecond">Median tokens a second behind the first; null where nothing was streamed.</param>
public sealed record CaseScore(
    string Id,
    string Category,
    int Passed,
    int Tries,
    int Errors,
    bool IsQuarantined = false,
    double? FirstTokenMs = null,
    double? LatencyMs = null,
    double? TokensPerSecond = null)
{
    /// <summary>The share of the tries that passed, 0 to 1; 0 without one.</summary>
    public double Share() => Tries == 0 ? 0 : (double)Passed / Tries;
}
