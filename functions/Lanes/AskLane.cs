using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Lanes;
using Orchestrator.Functions.Freezes;

namespace Orchestrator.Functions.Lanes;

/// <summary>Asks for the lane of an environment on behalf of a rollout. Asking twice is asking once.</summary>
/// <param name="lanes">The lanes.</param>
/// <param name="freezes">When nothing is rolled out.</param>
public sealed class AskLane(LaneStore lanes, FreezeDesk freezes)
{
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
            lane => LaneDecisions.Ask(lane, order.Ticket, order.Policy, isBad, stopped, frozen?.Reason),
            cancellationToken);
        return stopped is null && answer.Place == LanePlace.Waiting && frozen is not null ? answer with { Until = frozen.Until } : answer;
    }
}
