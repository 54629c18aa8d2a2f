using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Takes a candidate to one region: note the baseline, deploy without traffic, verify, shift traffic in steps and verify at each,
/// promote. Whatever goes wrong ends with the baseline serving.
/// </summary>
public static class RegionRollout
{
    /// <summary>How the region's run ended; input is a <see cref="RegionOrder"/>.</summary>
    [Function(nameof(RegionRollout))]
    public static async Task<RegionRun> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var progress = new RegionProgress(context, context.GetInput<RegionOrder>()!);
        try
        {
            if (await NoteBaselineAsync(progress)
                && await DeployAsync(progress)
                && await VerifyAsync(progress)
                && await ShiftAsync(progress))
            {
                return await progress.EndAsync(RegionStep.Promoted);
            }
        }
        catch (TaskFailedException failure)
        {
            // An activity that failed after all its retries: nothing is known against the release.
            progress.Judge(Verdict.Error, failure.FailureDetails.ErrorMessage);
        }

        return await RegionRestoration.RunAsync(progress);
    }

    private static async Task<bool> NoteBaselineAsync(RegionProgress progress)
    {
        progress.MoveTo(RegionStep.Deploying);
        var note = await progress.CallAsync<BaselineNote>(nameof(NoteBaseline), progress.Order, Retries.ForReading);
        if (note.Rejection is not null)
        {
            return progress.Judge(Verdict.Error, note.Rejection);
        }

        progress.Note(note.Baseline);
        return true;
    }

    private static async Task<bool> DeployAsync(RegionProgress progress)
    {
        var context = progress.Context;
        var deadline = context.CurrentUtcDateTime + progress.Order.Rollout.ReadyTimeout;
        var deployment = await progress.CallAsync<CandidateDeployment>(nameof(DeployCandidate), progress.Order, Retries.Within(progress.Order.Rollout.ReadyTimeout));
        progress.Deployed(deployment.Revision);
        if (deployment.Rejection is not null)
        {
            return progress.Judge(Verdict.Fail, deployment.Rejection);
        }

        for (var look = 0; ; look++)
        {
            var readiness = await progress.CallAsync<CandidateReadiness>(nameof(CheckCandidate), progress.Order, Retries.ForReading);
            switch (readiness.State)
            {
                case Readiness.Ready:
                    return true;
                case Readiness.Failed:
                    return progress.Judge(Verdict.Fail, $"the candidate does not get ready: {readiness.Detail}");
                default:
                    break;
            }

            if (context.CurrentUtcDateTime >= deadline)
            {
                return progress.Judge(Verdict.Fail, $"the candidate was not ready in time: {readiness.Detail}");
            }

            await context.CreateTimer(PollDelays.After(look), CancellationToken.None);
        }
    }

    private static async Task<bool> ShiftAsync(RegionProgress progress)
    {
        // An earlier attempt has promoted this very candidate: there is nothing to shift from.
        if (progress.Run.Baseline is not { } baseline)
        {
            progress.MoveTo(RegionStep.Promoting);
            progress.Weigh(100);
            return true;
        }

        foreach (var step in progress.Order.Rollout.Traffic)
        {
            progress.MoveTo(RegionStep.Shifting);
            if (!await ShiftToAsync(progress, baseline, step.Weight))
            {
                return false;
            }

            if (step.Hold > TimeSpan.Zero)
            {
                await progress.Context.CreateTimer(step.Hold, CancellationToken.None);
            }

            if (!await VerifyAsync(progress))
            {
                return false;
            }
        }

        progress.MoveTo(RegionStep.Promoting);
        return await ShiftToAsync(progress, baseline, 100);
    }

    private static async Task<bool> ShiftToAsync(RegionProgress progress, Baseline baseline, int weight)
    {
        var shift = await progress.CallAsync<TrafficShift>(nameof(ShiftTraffic), new TrafficOrder(progress.Order, baseline, weight), Retries.ForWriting);
        if (shift.Rejection is not null)
        {
            return progress.Judge(Verdict.Error, shift.Rejection);
        }

        progress.Weigh(weight);
        return true;
    }

    private static async Task<bool> VerifyAsync(RegionProgress progress)
    {
        progress.MoveTo(RegionStep.Verifying);
        var result = await CandidateVerification.RunAsync(progress.Context, progress.Order);
        return progress.Judge(result.Verdict, result.Summary());
    }
}
