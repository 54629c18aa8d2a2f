using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Lanes;
using Orchestrator.Functions.Freezes;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Lanes;

/// <summary>Asks for the lane of an environment on behalf of a rollout. Asking twice is asking once.</summary>
/// <param name="lanes">The lanes.</param>
/// <param name="freezes">When nothing is rolled out.</param>
public sealed class AskLane(LaneStore lanes, FreezeDesk freezes)
{
    // What is left of an entry is for whoever has the lane, for what has halted it, and for those who go back.
    private const int LongestQueue = 16_000;

    // Whoever finds no place asks again, as those do who have one.
    private static readonly LaneAnswer Full = new(LanePlace.Waiting, "so many wait for the lane that there is no place behind them", [], null);

    /// <summary>Whether the rollout may go.</summary>
    [Function(nameof(AskLane))]
    public async Task<LaneAnswer> RunAsync([ActivityTrigger] LaneOrder order, CancellationToken cancellationToken)
    {
        var isBad = await lanes.BadAsync(order.Ticket.Tag, cancellationToken) is not null;
        var stopped = await lanes.LineAsync(order.Stack, cancellationToken);
        var frozen = order.Ticket.IsWayBack ? null : await freezes.HeldAsync(order.Stack, order.Environment, order.Ticket.Rollout, cancellationToken);
        var answer = await lanes.ChangeAsync(
            order.Stack,
            order.Environment,
            lane => LaneDecisions.Ask(lane, order.Ticket, order.Policy, isBad, stopped, frozen?.Reason) is var (after, place) && HasPlace(lane, after, order.Ticket) ? (after, place) : (lane, Full),
            cancellationToken);
        return stopped is null && answer.Place == LanePlace.Waiting && frozen is not null ? answer with { Until = frozen.Until } : answer;
    }

    private static bool HasPlace(Lane before, Lane after, LaneTicket ticket) =>
        ticket.IsRollback || after.Queue.Count <= before.Queue.Count || StateJson.Of(after.Queue).Length <= LongestQueue;
}
