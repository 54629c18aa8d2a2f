using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Takes a region back to its baseline, and does not give up easily.</summary>
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

        var rejection = await RestoreAsync(progress, baseline);
        if (rejection is not null)
        {
            progress.Judge(Core.Verification.Verdict.Error, $"{progress.Run.Reason}; the rollback failed: {rejection}");
            return await progress.EndAsync(RegionStep.RollbackFailed);
        }

        progress.Weigh(0);
        return await progress.EndAsync(RegionStep.RolledBack);
    }

    private static async Task<string?> RestoreAsync(RegionProgress progress, Baseline baseline)
    {
        try
        {
            var restoration = await progress.CallAsync<Restoration>(nameof(RestoreBaseline), new RestoreOrder(progress.Order, baseline), Retries.ForRestoring);
            return restoration.Rejection;
        }
        catch (TaskFailedException failure)
        {
            return failure.FailureDetails.ErrorMessage;
        }
    }
}
