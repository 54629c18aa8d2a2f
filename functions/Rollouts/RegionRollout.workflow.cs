using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Takes a candidate to one region: note the baseline, deploy without traffic, verify, shift traffic in steps and verify at each,
/// promote. Whatever goes wrong ends with the baseline serving, or pauses for a person where policy says so.
/// </summary>
public static class RegionRollout
{
    /// <summary>How the region's run ended; input is a <see cref="RegionOrder"/>.</summary>
    [Function(nameof(RegionRollout))]
    public static async Task<RegionRun> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var progress = new RegionProgress(context, context.GetInput<RegionOrder>()!);
        var slot = new WorkSlot(context, progress.Order, progress.Stop);
        await slot.EnterAsync();
        var run = await RunAsync(progress);
        await slot.LeaveAsync();
        return run;
    }

    private static async Task<RegionRun> RunAsync(RegionProgress progress)
    {
        if (await TakeAsync(progress, CandidateArrival.RunAsync)
            && await TakeAsync(progress, VerifyAsync)
            && await PassGateAsync(progress)
            && await ShiftAsync(progress)
            && await MayBePromotedAsync(progress)
            && await TakeAsync(progress, PromoteAsync)
            && await TakeAsync(progress, JudgeOnceAsync))
        {
            return await progress.EndAsync(await IsFitAsync(progress) ? RegionStep.Promoted : RegionStep.RollbackFailed);
        }

        if (progress.Stop.HasCome)
        {
            progress.Because((await progress.Stop.OrderAsync()).Reason);
        }

        return await RegionRestoration.RunAsync(progress);
    }

    // A stage is taken again for as long as a person says so.
    private static async Task<bool> TakeAsync(RegionProgress progress, Func<RegionProgress, Task<bool>> stage)
    {
        while (!progress.Stop.HasCome && await progress.IsNotPausedAsync())
        {
            if (await TryAsync(progress, stage))
            {
                return !progress.Stop.HasCome;
            }

            if (!await progress.MayGoOnAsync())
            {
                return false;
            }
        }

        return false;
    }

    // Where nothing is asked there is no stage, at which a person could pause either: runs of older builds are replayed as they went.
    private static async Task<bool> PassGateAsync(RegionProgress progress) => !QualityStage.IsDue(progress) || await TakeAsync(progress, QualityStage.RunAsync);

    private static async Task<bool> TryAsync(RegionProgress progress, Func<RegionProgress, Task<bool>> stage)
    {
        try
        {
            return await stage(progress);
        }
        catch (TaskFailedException failure)
        {
            // An activity that failed after all its retries: nothing is known against the release.
            return progress.Judge(Verdict.Error, failure.FailureDetails.ErrorMessage);
        }
    }

    private static async Task<bool> ShiftAsync(RegionProgress progress)
    {
        // An earlier attempt has promoted this very candidate: there is nothing to shift from.
        foreach (var step in progress.Run.Baseline is null ? [] : progress.Policy.Traffic)
        {
            if (!await TakeAsync(progress, stage => ShiftToAsync(stage, RegionStep.Shifting, step.Weight)))
            {
                return false;
            }

            await progress.Analysis.OpenAsync(progress.Run.Baseline!);
            var until = progress.Context.CurrentUtcDateTime + step.Hold;
            if (!await TakeAsync(progress, stage => HoldAsync(stage, until)) || (MustVerify(progress, step) && !await TakeAsync(progress, VerifyAsync)))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> HoldAsync(RegionProgress progress, DateTimeOffset until)
    {
        if (progress.Run.Step == RegionStep.Paused)
        {
            // Something has been done about it: what was measured before says nothing about what comes.
            progress.MoveTo(RegionStep.Shifting);
            await progress.Analysis.OpenAsync(progress.Run.Baseline!);
        }

        var bad = await progress.Analysis.WatchAsync(until, progress.Stop);
        progress.Looked();
        return bad is null ? !progress.Stop.HasCome : progress.Judge(bad.Verdict, bad.Summary());
    }

    private static async Task<bool> MayBePromotedAsync(RegionProgress progress)
    {
        if (progress.Policy.Promotion == Promotion.Automatic || progress.Run.Baseline is null)
        {
            return true;
        }

        progress.MoveTo(RegionStep.AwaitingPromotion);
        return await progress.AwaitPromotionAsync() is { Kind: DecisionKind.Promote };
    }

    // A release that was gone back to has all traffic at once: it is verified there, and not taken back, as nothing better is known.
    private static async Task<bool> IsFitAsync(RegionProgress progress)
    {
        if (!progress.Order.Candidate.IsRollback)
        {
            return true;
        }

        return await JudgeAsync(progress);
    }

    private static Task<bool> PromoteAsync(RegionProgress progress) => ShiftToAsync(progress, RegionStep.Promoting, 100);

    private static async Task<bool> ShiftToAsync(RegionProgress progress, RegionStep step, int weight)
    {
        progress.MoveTo(step);
        if (progress.Run.Baseline is { } baseline && !await TrafficShifting.RunAsync(progress, baseline, weight))
        {
            return false;
        }

        progress.Weigh(weight);
        return true;
    }

    private static async Task<bool> VerifyAsync(RegionProgress progress)
    {
        if (progress.Run is { Step: RegionStep.Paused, Baseline: { } baseline } && progress.Analysis.IsOpen)
        {
            await progress.Analysis.OpenAsync(baseline);
        }

        progress.MoveTo(RegionStep.Verifying);
        return await JudgeAsync(progress);
    }

    // A person's decision to go on takes back what was held against the candidate: it has to pass once more before it is promoted for good.
    private static bool MustVerify(RegionProgress progress, TrafficStep step) => step.Analysis || progress.Run.Verdict is null;

    private static async Task<bool> JudgeOnceAsync(RegionProgress progress)
    {
        if (progress.Run.Verdict is not null || progress.Order.Candidate.IsRollback)
        {
            return true;
        }

        if (progress.Run.Step == RegionStep.Paused)
        {
            progress.MoveTo(RegionStep.Promoting);
        }

        return await JudgeAsync(progress);
    }

    private static async Task<bool> JudgeAsync(RegionProgress progress)
    {
        var result = await CandidateVerification.RunAsync(progress.Context, progress.Order, progress.Stop, progress.Analysis);
        progress.Looked();
        return progress.Judge(result.Verdict, result.Summary());
    }
}
