using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Parity;

/// <summary>What a release's run has to know of its parity report.</summary>
/// <param name="Verdict">The report's verdict.</param>
/// <param name="Reason">The verdict in words, for people.</param>
/// <param name="IsPending">Whether it is judged again because a stack's scores are not there yet.</param>
public sealed record ParityOutcome(Verdict Verdict, string Reason, bool IsPending)
{
    /// <summary>Why it fails the release as a whole; null when it does not. The stacks keep their own ends in any case.</summary>
    public string? Failure() => Verdict == Verdict.Fail ? $"the stacks differ: {Reason}" : null;
}
