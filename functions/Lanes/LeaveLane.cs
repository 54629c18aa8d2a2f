using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Lanes;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Lanes;

/// <summary>Leaves the lane of an environment on behalf of a rollout. Leaving twice is leaving once.</summary>
/// <param name="lanes">The lanes.</param>
/// <param name="time">The clock.</param>
public sealed class LeaveLane(LaneStore lanes, TimeProvider time)
{
    // The lane keeps it beside its queue.
    private const int LongestReason = 1_000;

    /// <summary>The rollouts that have to ask again.</summary>
    [Function(nameof(LeaveLane))]
    public async Task<string[]> RunAsync([ActivityTrigger] LaneLeave leave, CancellationToken cancellationToken) =>
    [
        .. await lanes.ChangeAsync(
            leave.Order.Stack,
            leave.Order.Environment,
            lane => LaneDecisions.Leave(lane, leave.Order.Ticket, leave.End, StateJson.Cut(leave.Reason, LongestReason), leave.Held, time.GetUtcNow()),
            cancellationToken),
    ];
}
