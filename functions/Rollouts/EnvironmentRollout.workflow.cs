using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// A rollout: takes a candidate through one environment, wave by wave with a bake after each. When a wave does not succeed,
/// the later ones are not begun and policy says which regions go back.
/// </summary>
public static class EnvironmentRollout
{
    /// <summary>How the rollout ended; input is a <see cref="RolloutOrder"/>.</summary>
    [Function(nameof(EnvironmentRollout))]
    public static async Task<EnvironmentRun> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<RolloutOrder>()!;
        var done = new List<RegionRun>();
        foreach (var wave in order.Environment.Waves)
        {
            Show(context, wave, RolloutActivity.RollingOut);
            var ended = await RollOutAsync(context, order, wave);
            if (RolloutDecisions.RollBackAfter(done, ended, order.Environment.Rollout.RollBack) is null && wave.Bake > TimeSpan.Zero)
            {
                Show(context, wave, RolloutActivity.Baking);
                ended = await BakeAsync(context, order, wave, ended);
            }

            var back = RolloutDecisions.RollBackAfter(done, ended, order.Environment.Rollout.RollBack);
            done.AddRange(ended);
            if (back is not null)
            {
                Show(context, wave, RolloutActivity.RollingBack);
                return EnvironmentRun.Of(order.Environment.Name, await EndAsync(context, order, done, back));
            }
        }

        await TidyUpAsync(context, order, done);
        return EnvironmentRun.Of(order.Environment.Name, done);
    }

    private static async Task<IReadOnlyList<RegionRun>> RollOutAsync(TaskOrchestrationContext context, RolloutOrder order, WaveDefinition wave) =>
        await Task.WhenAll(wave.Regions.Select(region =>
            CallAsync(context, nameof(RegionRollout), order.For(region), order.For(region).RunId(), RegionRun.Pending(region.Name, context.CurrentUtcDateTime))));

    // A bake that nobody looks at the end of would be only a delay.
    private static async Task<IReadOnlyList<RegionRun>> BakeAsync(
        TaskOrchestrationContext context,
        RolloutOrder order,
        WaveDefinition wave,
        IReadOnlyList<RegionRun> promoted)
    {
        await context.CreateTimer(wave.Bake, CancellationToken.None);
        return await Task.WhenAll(wave.Regions.Zip(promoted, async (region, run) =>
        {
            try
            {
                return run.Judged(await CandidateVerification.RunAsync(context, order.For(region)));
            }
            catch (TaskFailedException failure)
            {
                return run.Judged(Verdict.Error, failure.FailureDetails.ErrorMessage);
            }
        }));
    }

    private static async Task<IReadOnlyList<RegionRun>> EndAsync(
        TaskOrchestrationContext context,
        RolloutOrder order,
        IReadOnlyList<RegionRun> done,
        IReadOnlyList<RegionRun> back)
    {
        var returned = await Task.WhenAll(back.Select(run =>
        {
            var rollback = new RollbackOrder(order.For(order.Environment.Find(run.Region)!), run with { Reason = RolloutDecisions.WhyItGoesBack(run, done) });
            return CallAsync(context, nameof(RegionRollback), rollback, rollback.RunId(), run);
        }));
        var ends = done.ToDictionary(run => run.Region);
        foreach (var run in returned)
        {
            ends[run.Region] = run;
        }

        return [.. order.Environment.Regions.Select(region => ends.TryGetValue(region.Name, out var run)
            ? run
            : RegionRun.Pending(region.Name, context.CurrentUtcDateTime).MoveTo(RegionStep.Skipped, context.CurrentUtcDateTime))];
    }

    // A run that broke off has left its region in a state nobody knows.
    private static async Task<RegionRun> CallAsync(TaskOrchestrationContext context, string orchestration, object input, string id, RegionRun before)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<RegionRun>(orchestration, input, new TaskOptions().WithInstanceId(id));
        }
        catch (TaskFailedException failure)
        {
            return before.Judged(Verdict.Error, failure.FailureDetails.ErrorMessage) with
            {
                Step = RegionStep.RollbackFailed,
                Since = context.CurrentUtcDateTime,
            };
        }
    }

    private static async Task TidyUpAsync(TaskOrchestrationContext context, RolloutOrder order, IReadOnlyList<RegionRun> done)
    {
        try
        {
            await Task.WhenAll(done.Where(run => run.Baseline is not null).Select(run =>
                context.CallActivityAsync(nameof(TidyUp), new RestoreOrder(order.For(order.Environment.Find(run.Region)!), run.Baseline!), Retries.ForReading)));
        }
        catch (TaskFailedException)
        {
            // A baseline that keeps running costs money and hurts nobody: not worth a failed rollout.
            context.SetCustomStatus(new RolloutStatus(null, RolloutActivity.LeftUntidy));
        }
    }

    private static void Show(TaskOrchestrationContext context, WaveDefinition wave, RolloutActivity activity) =>
        context.SetCustomStatus(new RolloutStatus(wave.Name, activity));
}
