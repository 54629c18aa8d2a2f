using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Suites;

/// <summary>One try of one case. It holds text of the model's, and so never leaves its stack.</summary>
/// <param name="Case">The case's id.</param>
/// <param name="Try">Which try, from 1.</param>
/// <param name="Seed">The seed that was sent.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">Why, in a sentence; empty when it passed.</param>
/// <param name="Answer">The beginning of the answer, at most 2,000 characters.</param>
/// <param name="AnsweredBy">The model that the reply names; null when it names none.</param>
/// <param name="Times">What was measured; null without a reply.</param>
/// <param name="IsFlaky">Whether tries of this case disagree: some passed, others did not.</param>
public sealed record CaseEvidence(
    string Case,
    int Try,
    int Seed,
    TryOutcome Outcome,
    string Detail,
    string Answer,
    string? AnsweredBy,
    ReplyTimes? Times,
    bool IsFlaky = false);

/// <summary>How a try ended.</summary>
[JsonConverter(typeof(WordJsonConverter<TryOutcome>))]
public enum TryOutcome
{
    /// <summary>Every grader passed the answer.</summary>
    Passed,

    /// <summary>A grader did not pass it, or there was no answer that could be read in time.</summary>
    Failed,

    /// <summary>A content filter took the place of the answer, where none was wanted. Counts as failed.</summary>
    Filtered,

    /// <summary>Not measured, which says nothing about the model: no connection, a rate limit, a server or a judge that broke down.</summary>
    Error,
}

/// <summary>How long a reply took, from when the request went out on its connection.</summary>
/// <param name="FirstToken">To the first token; null where nothing was streamed.</param>
/// <param name="Latency">To the end.</param>
/// <param name="TokensPerSecond">Tokens behind the first; null where nothing was streamed, or all at once.</param>
public sealed record ReplyTimes(TimeSpan? FirstToken, TimeSpan Latency, double? TokensPerSecond);
