using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Brings the candidate to a region beside the baseline: without traffic, but with an address of its own under its label.</summary>
internal static class CandidateArrival
{
    public static async Task<bool> RunAsync(RegionProgress progress)
    {
        progress.MoveTo(RegionStep.Deploying);
        return await NoteBaselineAsync(progress)
            && await ModelArrival.RunAsync(progress)
            && await DeployAsync(progress)
            && await WaitUntilReadyAsync(progress)
            && (progress.Run.Baseline is not { } baseline || await TrafficShifting.RunAsync(progress, baseline, weight: 0));
    }

    private static async Task<bool> NoteBaselineAsync(RegionProgress progress)
    {
        // What was noted first is what there is to go back to, whatever has happened since.
        if (progress.Run.Baseline is not null)
        {
            return true;
        }

        var note = await progress.CallWithinAsync<BaselineNote>(nameof(NoteBaseline), progress.Order, progress.Policy.Limits.Shift);
        if (note?.Rejection is { } rejection)
        {
            return progress.Judge(Verdict.Error, rejection);
        }

        progress.Note(note?.Baseline);
        progress.Plan(note?.Models);
        return note is not null;
    }

    private static async Task<bool> DeployAsync(RegionProgress progress)
    {
        var deployment = await progress.CallWithinAsync<CandidateDeployment>(nameof(DeployCandidate), progress.Order, progress.Policy.Limits.Ready);
        if (deployment is null)
        {
            return false;
        }

        progress.Deployed(deployment.Revision);
        return deployment.Rejection is null || progress.Judge(Verdict.Fail, deployment.Rejection);
    }

    private static async Task<bool> WaitUntilReadyAsync(RegionProgress progress)
    {
        var context = progress.Context;
        var deadline = progress.Run.Since + progress.Policy.Limits.Ready;
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

            if (!await progress.Stop.LetPassAsync(PollDelays.After(look)))
            {
                return false;
            }
        }
    }
}
