using Microsoft.DurableTask;
using Orchestrator.Core.Verification;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Verifies a candidate, and looks again while there is not enough to tell, or nothing could be measured: each has a limit of its
/// own, as a source that is down says nothing about the release.
/// </summary>
internal static class CandidateVerification
{
    public static async Task<VerificationResult> RunAsync(TaskOrchestrationContext context, RegionOrder order, StopSignal stop, RegionAnalysis analysis)
    {
        var limits = order.Rollout.Limits;
        var end = context.CurrentUtcDateTime + limits.Verify;
        var measured = context.CurrentUtcDateTime;
        for (var look = 1; ; look++)
        {
            var result = await analysis.VerifyAsync();
            if (result.Verdict is Verdict.Pass or Verdict.Fail)
            {
                return result;
            }

            measured = result.Verdict == Verdict.Error ? measured : context.CurrentUtcDateTime;
            var pause = PollDelays.After(look);
            pause = result.Verdict == Verdict.Inconclusive && analysis.LeastPause > pause ? analysis.LeastPause : pause;
            var next = context.CurrentUtcDateTime + pause;
            if (next > end || next > measured + limits.Measure || !await stop.LetPassAsync(pause))
            {
                return result;
            }
        }
    }
}
