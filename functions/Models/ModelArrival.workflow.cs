using Microsoft.DurableTask;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Models;

/// <summary>Brings the models that a candidate changes to a region, beside those that serve now: weights are staged, servers made, and each has to answer as what it should be.</summary>
internal static class ModelArrival
{
    public static async Task<bool> RunAsync(RegionProgress progress)
    {
        if (progress.Order.Models is not { } plan)
        {
            return true;
        }

        if (plan.Rejection is { } rejection)
        {
            return progress.Judge(Verdict.Fail, rejection);
        }

        if (plan.Changes.Count == 0)
        {
            return true;
        }

        progress.MoveTo(RegionStep.PreparingModels);
        var deadline = progress.Context.CurrentUtcDateTime + progress.Policy.Limits.ForModels;
        foreach (var change in plan.Changes)
        {
            if (!await StageAsync(progress, change, deadline) || !await BringAsync(progress, change, deadline))
            {
                return false;
            }
        }

        if (!await MirrorStage.RunAsync(progress, plan))
        {
            return false;
        }

        progress.MoveTo(RegionStep.Deploying);
        return true;
    }

    private static async Task<bool> StageAsync(RegionProgress progress, ModelChange change, DateTimeOffset deadline)
    {
        while (change.Kind != ModelKind.Closed)
        {
            var staged = await progress.CallAsync<ModelReadiness>(nameof(StageWeights), new ModelOrder(progress.Order, change), Retries.ForReading);
            if (IsThere(progress, change, staged) is { } ended)
            {
                return ended;
            }

            if (progress.Stop.HasCome || IsLate(progress, deadline, staged.Detail))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> BringAsync(RegionProgress progress, ModelChange change, DateTimeOffset deadline)
    {
        for (var look = 0; ; look++)
        {
            var brought = await progress.CallAsync<ModelReadiness>(nameof(BringModel), new ModelOrder(progress.Order, change), Retries.ForReading);
            if (IsThere(progress, change, brought) is { } ended)
            {
                return ended;
            }

            if (IsLate(progress, deadline, brought.Detail) || !await progress.Stop.LetPassAsync(PollDelays.After(look)))
            {
                return false;
            }
        }
    }

    // Null while it is on its way.
    private static bool? IsThere(RegionProgress progress, ModelChange change, ModelReadiness seen)
    {
        progress.Say($"{change.Name}: {seen.Detail}");
        return seen.State switch
        {
            Readiness.Ready => true,
            Readiness.Failed => progress.Judge(seen.Verdict, $"{change.Name}: {seen.Detail}"),
            _ => null,
        };
    }

    // A model that does not come in time says nothing about whether the release is fit.
    private static bool IsLate(RegionProgress progress, DateTimeOffset deadline, string detail) =>
        progress.Context.CurrentUtcDateTime >= deadline
        && !progress.Judge(Verdict.Error, $"models were not there within {DurationText.Format(progress.Policy.Limits.ForModels)}: {detail}");
}
