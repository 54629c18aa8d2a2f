using Microsoft.DurableTask;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Verifies a candidate, and looks again while there is not enough to tell, or nothing could be measured: each has a limit of its
/// own, as a source that is down says nothing about the release.
/// </summary>
internal static class CandidateVerification
{
    public static async Task<VerificationResult> RunAsync(TaskOrchestrationContext context, RegionOrder order, StopSignal stop)
    {
        var limits = order.Rollout.Limits;
        var end = context.CurrentUtcDateTime + limits.Verify;
        var measured = context.CurrentUtcDateTime;
        for (var look = 1; ; look++)
        {
            var result = await context.CallActivityAsync<VerificationResult>(nameof(VerifyCandidate), order, Retries.ForReading);
            if (result.Verdict is Verdict.Pass or Verdict.Fail)
            {
                return result;
            }

            measured = result.Verdict == Verdict.Error ? measured : context.CurrentUtcDateTime;
            var next = context.CurrentUtcDateTime + PollDelays.After(look);
            if (next > end || next > measured + limits.Measure || !await stop.LetPassAsync(PollDelays.After(look)))
            {
                return result;
            }
        }
    }
}
