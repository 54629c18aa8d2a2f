namespace Orchestrator.Core.Verification;

/// <summary>What was measured on a candidate's address. No judgement in it.</summary>
/// <param name="Health">How the health path answered.</param>
/// <param name="Version">How the version path answered; <see cref="Answer.Text"/> is the version it reported.</param>
/// <param name="Probes">The probe requests, in any order.</param>
public sealed record Observations(Answer Health, Answer Version, IReadOnlyList<ProbeSample> Probes);

/// <summary>One HTTP answer, or the reason why there was none.</summary>
/// <param name="Status">The HTTP status, or null when nothing answered.</param>
/// <param name="Text">What the answer said, or why there was none.</param>
/// <param name="IsCut">Whether it said more than was read.</param>
public sealed record Answer(int? Status, string Text, bool IsCut = false);

/// <summary>One probe request.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Latency">From sending to the whole answer.</param>
public sealed record ProbeSample(ProbeOutcome Outcome, TimeSpan Latency);

/// <summary>How a probe request ended.</summary>
public enum ProbeOutcome
{
    /// <summary>Answered with a 2xx status.</summary>
    Answered,

    /// <summary>Answered with a 5xx or an unexpected status, or not within the time limit.</summary>
    Failed,

    /// <summary>Refused or cut off by the content filter, which judges the prompt and the answer, not the release.</summary>
    Filtered,

    /// <summary>Refused by a rate limit (429): there was no quota left to measure with.</summary>
    RateLimited,

    /// <summary>No connection: nothing is known about the workload.</summary>
    Unreachable,
}
