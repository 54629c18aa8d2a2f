using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Approvals;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// A rollout: takes a candidate through one environment, wave by wave with a bake after each. When too few regions of a wave
/// succeed, the later ones are not begun and policy says which regions go back.
/// </summary>
public static class EnvironmentRollout
{
    // Before this version a wave that waited when the order to stop came was rolled out first.
    private const string StopsBeforeWaves = "1.1";

    /// <summary>How the rollout ended; input is a <see cref="RolloutOrder"/>.</summary>
    [Function(nameof(EnvironmentRollout))]
    public static async Task<EnvironmentRun> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<RolloutOrder>()!;
        var rules = new PrereleaseRules(context, order);
        if (await rules.NothingToDoAsync() is { } nothing)
        {
            return nothing;
        }

        var stop = new StopSignal(context);
        var journal = new RolloutJournal(context);
        var lane = new LaneVisit(context, order, stop, journal);
        var run = await EnterAsync(lane, new(context, order, stop, journal))
            ?? await rules.NothingToDoAsync()
            ?? await RollOutAsync(context, await rules.WithPlanAsync(), lane, stop, journal);
        await lane.LeaveAsync(run);
        return run;
    }

    // How the rollout ended because it may not begin; null when it is approved and has the lane.
    private static async Task<EnvironmentRun?> EnterAsync(LaneVisit lane, ApprovalWait approval)
    {
        while (true)
        {
            if (await approval.UntilGrantedAsync() is { } notApproved)
            {
                return notApproved;
            }

            if (await lane.EnterAsync() is { } kept)
            {
                return kept;
            }

            if (await approval.IsStillGrantedAsync())
            {
                return null;
            }

            await lane.LeaveAsync();
        }
    }

    private static async Task<EnvironmentRun> RollOutAsync(TaskOrchestrationContext context, RolloutOrder order, LaneVisit lane, StopSignal stop, RolloutJournal journal)
    {
        var done = new Dictionary<RegionName, RegionRun>();
        var gate = new PauseGate(context, stop, journal);
        foreach (var wave in order.Environment.Waves)
        {
            if (!await MayBeginAsync(context, lane, gate, stop))
            {
                return await StoppedAsync(context, order, done, stop, journal);
            }

            var outcome = await RollOutAsync(context, order, wave, stop, gate, done, journal);
            if (outcome.Back.Count > 0)
            {
                journal.Show(RolloutActivity.RollingBack);
                await GoBackAsync(context, order, outcome.Back, done);
            }

            if (outcome.Stops)
            {
                return EnvironmentRun.Of(order.Environment.Name, All(context, order, done), stopped: true, stop.HasCome ? await stop.OrderAsync() : null);
            }
        }

        await TidyUpAsync(context, order, done.Values, journal);
        return EnvironmentRun.Of(order.Environment.Name, All(context, order, done), stopped: false);
    }

    // Whether the next wave may begin; not where the order to stop has come while it was waited for.
    private static async Task<bool> MayBeginAsync(TaskOrchestrationContext context, LaneVisit lane, PauseGate gate, StopSignal stop)
    {
        await lane.UntilOpenAsync();
        var passing = gate.PassAsync();
        var hasWaited = !passing.IsCompleted;
        await passing;
        if (context.IsOlderThan(StopsBeforeWaves))
        {
            return true;
        }

        // The line may have been stopped, or a freeze begun, while a person had it paused.
        while (hasWaited && !stop.HasCome)
        {
            await lane.UntilOpenAsync();
            passing = gate.PassAsync();
            hasWaited = !passing.IsCompleted;
            await passing;
        }

        return !stop.HasCome;
    }

    private static async Task<EnvironmentRun> StoppedAsync(TaskOrchestrationContext context, RolloutOrder order, Dictionary<RegionName, RegionRun> done, StopSignal stop, RolloutJournal journal)
    {
        if (done.Count == 0)
        {
            return EnvironmentRun.NotBegun(order.Environment.Name, await stop.OrderAsync());
        }

        journal.Show(RolloutActivity.RollingBack);
        await GoBackAsync(context, order, RolloutDecisions.AfterStop(done.Values).Back, done);
        return EnvironmentRun.Of(order.Environment.Name, All(context, order, done), stopped: true, await stop.OrderAsync());
    }

    private static async Task<WaveOutcome> RollOutAsync(
        TaskOrchestrationContext context,
        RolloutOrder order,
        WaveDefinition wave,
        StopSignal stop,
        PauseGate gate,
        Dictionary<RegionName, RegionRun> done,
        RolloutJournal journal)
    {
        var earlier = done.Values.ToArray();
        journal.At(wave.Name, RolloutActivity.RollingOut);
        var ended = await new WaveRollout(context, order, wave, gate).RunAsync(stop);
        if (!stop.HasCome && !After().Stops && wave.Bake > TimeSpan.Zero)
        {
            journal.At(wave.Name, RolloutActivity.Baking);
            ended = await new WaveBake(context, order, wave, stop).RunAsync(ended);
        }

        foreach (var run in ended)
        {
            done[run.Region] = run;
        }

        return stop.HasCome ? RolloutDecisions.AfterStop(done.Values) : After();

        WaveOutcome After() => RolloutDecisions.After(earlier, ended, wave.Needed, order.Environment.Rollout.RollBack);
    }

    private static async Task GoBackAsync(
        TaskOrchestrationContext context,
        RolloutOrder order,
        IReadOnlyList<RegionRun> back,
        Dictionary<RegionName, RegionRun> done)
    {
        foreach (var run in await Task.WhenAll(back.Select(run => RegionRuns.GoBackAsync(context, order, run, done.Values))))
        {
            done[run.Region] = run;
        }
    }

    private static IReadOnlyList<RegionRun> All(TaskOrchestrationContext context, RolloutOrder order, Dictionary<RegionName, RegionRun> done) =>
        [.. order.Environment.Regions.Select(region => done.TryGetValue(region.Name, out var run) ? run : RegionRuns.Skipped(context, region))];

    private static async Task TidyUpAsync(TaskOrchestrationContext context, RolloutOrder order, IEnumerable<RegionRun> done, RolloutJournal journal)
    {
        try
        {
            await Task.WhenAll(done.Where(run => RolloutDecisions.IsGood(run) && run.Baseline is not null).Select(run =>
                context.CallActivityAsync(nameof(TidyUp), new RestoreOrder(order.For(order.Environment.Find(run.Region)!), run.Baseline!), Retries.ForReading)));
        }
        catch (TaskFailedException)
        {
            // A baseline that keeps running costs money and hurts nobody: not worth a failed rollout.
            journal.Show(RolloutActivity.LeftUntidy);
        }
    }
}
