using Microsoft.DurableTask;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Verifies a candidate, and asks again when the answer was no answer: a release is not judged by a measurement that did not
/// come about.
/// </summary>
internal static class CandidateVerification
{
    private const int MostLooks = 3;

    public static async Task<VerificationResult> RunAsync(TaskOrchestrationContext context, RegionOrder order)
    {
        for (var look = 1; ; look++)
        {
            var result = await context.CallActivityAsync<VerificationResult>(nameof(VerifyCandidate), order, Retries.ForReading);
            if (result.Verdict is Verdict.Pass or Verdict.Fail || look == MostLooks)
            {
                return result;
            }

            await context.CreateTimer(PollDelays.After(look), CancellationToken.None);
        }
    }
}
