using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Takes a region back to its baseline: at once, without steps, not giving up easily; and verifies it there, as any state is.
/// </summary>
internal static class RegionRestoration
{
    public static async Task<RegionRun> RunAsync(RegionProgress progress)
    {
        progress.MoveTo(RegionStep.RollingBack);

        // Without a baseline nothing was changed: what serves now is what served before.
        if (progress.Run.Baseline is not { } baseline)
        {
            return await progress.EndAsync(RegionStep.RolledBack);
        }

        var failure = await TryAsync(progress, new(progress.Order, baseline));
        if (failure is not null)
        {
            progress.Because($"the rollback failed: {failure}");
        }

        return await progress.EndAsync(failure is null ? RegionStep.RolledBack : RegionStep.RollbackFailed);
    }

    private static async Task<string?> TryAsync(RegionProgress progress, RestoreOrder order)
    {
        try
        {
            var restoration = await progress.CallWithinAsync<Restoration>(nameof(RestoreBaseline), order, progress.Policy.Limits.RollBack);
            if (restoration is null or { Rejection: not null })
            {
                return restoration?.Rejection ?? "it took longer than it may";
            }

            progress.Weigh(0);
            if (restoration.Left is not null)
            {
                progress.Because(restoration.Left);
                return null;
            }

            if (restoration.Remains is { } remains)
            {
                progress.Because(remains);
            }

            return await VerifyAsync(progress, order);
        }
        catch (TaskFailedException failure)
        {
            return failure.FailureDetails.ErrorMessage;
        }
    }

    private static async Task<string?> VerifyAsync(RegionProgress progress, RestoreOrder order)
    {
        var context = progress.Context;
        var end = context.CurrentUtcDateTime + progress.Policy.Limits.Measure;
        for (var look = 1; ; look++)
        {
            var result = await progress.CallAsync<VerificationResult>(nameof(VerifyBaseline), order, Retries.ForReading);
            if (result.Verdict is Verdict.Pass or Verdict.Inconclusive)
            {
                return null;
            }

            // A baseline may need a moment when all traffic comes back at once.
            if (context.CurrentUtcDateTime + PollDelays.After(look) > end)
            {
                return $"the baseline has its traffic back and does not pass: {result.Summary()}";
            }

            await context.CreateTimer(PollDelays.After(look), CancellationToken.None);
        }
    }
}
