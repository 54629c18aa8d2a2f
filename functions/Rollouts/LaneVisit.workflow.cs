using Microsoft.DurableTask;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Freezes;
using Orchestrator.Functions.Lanes;

namespace Orchestrator.Functions.Rollouts;

/// <summary>A rollout's visit to its environment's lane: it asks until it has the lane, and leaves it at the end.</summary>
internal sealed class LaneVisit(TaskOrchestrationContext context, RolloutOrder order, StopSignal stop, RolloutJournal journal)
{
    private readonly LaneOrder lane = LaneOrder.Of(order, context.InstanceId, context.CurrentUtcDateTime);

    /// <summary>How the rollout ended because it did not get the lane; null when it has it.</summary>
    public async Task<EnvironmentRun?> EnterAsync()
    {
        for (var look = 0; ; look++)
        {
            var answer = await context.CallActivityAsync<LaneAnswer>(nameof(AskLane), lane, Retries.ForState);
            Tell(answer);
            switch (answer.Place)
            {
                case LanePlace.Running:
                    return null;
                case LanePlace.Superseded:
                    return NotBegun(RunPhase.Superseded, answer.Reason!);
                case LanePlace.Refused:
                    return NotBegun(RunPhase.Skipped, answer.Reason!);
                default:
                    break;
            }

            journal.Wait(answer.Reason!);
            if (!await Nudges.UntilAsync(context, stop, look, answer.Until))
            {
                return EnvironmentRun.NotBegun(order.Environment.Name, await stop.OrderAsync());
            }
        }
    }

    /// <summary>Waits while the line is stopped, or a freeze holds what is under way.</summary>
    public async Task UntilOpenAsync()
    {
        for (var look = 0; ; look++)
        {
            var line = await LineAsync();
            if (line.Stopped is null)
            {
                return;
            }

            journal.Wait(line.Stopped);
            if (!await Nudges.UntilAsync(context, stop, look, line.Until))
            {
                return;
            }
        }
    }

    /// <summary>Leaves the lane to the next one, for good.</summary>
    public Task LeaveAsync(EnvironmentRun run) => LeaveAsync(new LaneLeave(lane, run.Phase, run.Reason, HeldBy(run)));

    /// <summary>Leaves the lane to the next one, to come back.</summary>
    public Task LeaveAsync() => LeaveAsync(new LaneLeave(lane, null, null));

    private async Task<LineState> LineAsync()
    {
        var line = await context.CallActivityAsync<LineState>(nameof(CheckLine), order.Stack, Retries.ForState);
        return line.Stopped is null && order.IsHeldByFreezes
            ? await context.CallActivityAsync<LineState>(nameof(CheckFreeze), new FreezeOrder(order.Stack, order.Environment.Name, context.InstanceId), Retries.ForState)
            : line;
    }

    private async Task LeaveAsync(LaneLeave leave)
    {
        var nudged = await context.CallActivityAsync<string[]>(nameof(LeaveLane), leave, Retries.ForState);
        foreach (var next in nudged)
        {
            context.SendEvent(next, Nudges.Event, lane.Ticket.Rollout);
        }
    }

    // What a person has taken back, nothing but a person puts there again.
    private string? HeldBy(EnvironmentRun run) =>
        run.Phase == RunPhase.RolledBack && stop.HasCome && stop.Order?.By is { } stopped ? $"{order.Candidate.Key.Tag} was rolled back by {stopped}"
        : run.Phase == RunPhase.Succeeded && order.Candidate is { IsRollback: true, AskedBy: { } back } ? $"{back} went back to {order.Candidate.Key.Tag}"
        : null;

    private void Tell(LaneAnswer answer)
    {
        foreach (var rollout in answer.Nudged)
        {
            context.SendEvent(rollout, Nudges.Event, lane.Ticket.Rollout);
        }

        if (answer.Aborted is { } aborted)
        {
            context.SendEvent(aborted, StopSignal.Event, new StopOrder($"superseded by {lane.Ticket.Tag}", Supersedes: true));
        }
    }

    private EnvironmentRun NotBegun(RunPhase phase, string reason) => EnvironmentRun.NotBegun(order.Environment.Name, phase, reason);
}
