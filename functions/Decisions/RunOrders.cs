using Microsoft.DurableTask.Client;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Decisions;

/// <summary>Tells runs under way what people have decided. What a run does with it is its own affair.</summary>
internal static class RunOrders
{
    /// <summary>Has the rollout begin nothing more, and its regions stand still at their next step.</summary>
    public static async Task<DecisionAnswer> PauseAsync(DurableTaskClient client, RolloutView view, Decision decision, IReadOnlyList<DecisionRecord> before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Paused(before) is { } earlier)
        {
            return DecisionAnswer.Refused($"expected a rollout that is not paused, found that {earlier.By} has paused it");
        }

        var pause = new PauseOrder(now, decision.By, decision.Why);
        await client.RaiseEventAsync(view.Rollout.Id, PausePoint.Event, pause, cancellationToken);
        return await TellAsync(client, view, IsAtWork, PausePoint.Event, _ => pause, cancellationToken);
    }

    /// <summary>Ends a pause: the person's, and those of regions that policy has had paused.</summary>
    public static async Task<DecisionAnswer> ResumeAsync(DurableTaskClient client, RolloutView view, Decision decision, IReadOnlyList<DecisionRecord> before, CancellationToken cancellationToken)
    {
        if (Paused(before) is { } pause)
        {
            var resume = new ResumeOrder(pause.At, decision.By);
            await client.RaiseEventAsync(view.Rollout.Id, PausePoint.ResumeEvent, resume, cancellationToken);
            return await TellAsync(client, view, IsAtWork, PausePoint.ResumeEvent, _ => resume, cancellationToken);
        }

        return await DecideStepAsync(client, view, decision, RegionStep.Paused, cancellationToken);
    }

    /// <summary>Has the regions that await it promoted.</summary>
    public static Task<DecisionAnswer> PromoteAsync(DurableTaskClient client, RolloutView view, Decision decision, CancellationToken cancellationToken) =>
        DecideStepAsync(client, view, decision, RegionStep.AwaitingPromotion, cancellationToken);

    /// <summary>Ends the bake that is under way.</summary>
    public static async Task<DecisionAnswer> SkipBakeAsync(DurableTaskClient client, RolloutView view, Decision decision, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(decision.Why))
        {
            return new(DecisionOutcome.Malformed, "expected a reason to skip a bake, such as { \"why\": \"…\" }; found none", []);
        }

        if (view.Status is not { Activity: RolloutActivity.Baking, Wave: { } wave })
        {
            return DecisionAnswer.Refused($"expected a rollout that bakes, found that {view.Rollout.Id} does not");
        }

        await client.RaiseEventAsync(view.Rollout.Id, BakeSkip.Event, new SkipBakeOrder(wave, decision.By, decision.Why), cancellationToken);
        return DecisionAnswer.Taken();
    }

    /// <summary>Has everything that the rollout has changed go back.</summary>
    public static async Task<DecisionAnswer> StopAsync(DurableTaskClient client, RolloutView view, Decision decision, CancellationToken cancellationToken)
    {
        if ((await RolloutViews.OrderAsync(client, view.Rollout.Id, cancellationToken)).Candidate.IsRollback)
        {
            return DecisionAnswer.Refused($"{view.Rollout.Id} goes back to an earlier release: a rollback is not rolled back");
        }

        var reason = string.IsNullOrWhiteSpace(decision.Why) ? $"rolled back by {decision.By}" : $"rolled back by {decision.By}: {decision.Why}";
        await client.RaiseEventAsync(view.Rollout.Id, StopSignal.Event, new StopOrder(reason, By: decision.By), cancellationToken);
        return DecisionAnswer.Taken();
    }

    private static async Task<DecisionAnswer> DecideStepAsync(DurableTaskClient client, RolloutView view, Decision decision, RegionStep step, CancellationToken cancellationToken)
    {
        var why = string.IsNullOrWhiteSpace(decision.Why) ? null : decision.Why;
        var told = await TellAsync(client, view, run => run.Step == step, PersonsDecision.Event, run => new StepDecision(decision.Kind, run.Since, decision.By, why), cancellationToken);
        return told.Told.Count > 0 ? told : DecisionAnswer.Refused($"expected a region of {view.Rollout.Id} that is {step}, found none");
    }

    private static async Task<DecisionAnswer> TellAsync(DurableTaskClient client, RolloutView view, Func<RegionRun, bool> isMeant, string what, Func<RegionRun, object> order, CancellationToken cancellationToken)
    {
        var rollout = await RolloutViews.OrderAsync(client, view.Rollout.Id, cancellationToken);
        var meant = view.Waves.SelectMany(wave => wave.Regions).Where(isMeant).ToArray();
        foreach (var run in meant)
        {
            await client.RaiseEventAsync(rollout.For(rollout.Environment.Find(run.Region)!).RunId(), what, order(run), cancellationToken);
        }

        return DecisionAnswer.Taken([.. meant.Select(run => run.Region.Value)]);
    }

    private static bool IsAtWork(RegionRun run) => !run.Step.IsTerminal() && run.Step != RegionStep.Pending;

    // The pause that nobody has ended yet.
    private static DecisionRecord? Paused(IReadOnlyList<DecisionRecord> before) =>
        before.LastOrDefault(one => one.Kind is DecisionKind.Pause or DecisionKind.Resume) is { Kind: DecisionKind.Pause } pause ? pause : null;
}
