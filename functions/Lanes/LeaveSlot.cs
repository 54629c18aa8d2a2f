using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Lanes;

/// <summary>Makes room for other regions. Leaving twice is leaving once.</summary>
/// <param name="lanes">The slots.</param>
public sealed class LeaveSlot(LaneStore lanes)
{
    /// <summary>The regions' runs that may ask again.</summary>
    [Function(nameof(LeaveSlot))]
    public async Task<string[]> RunAsync([ActivityTrigger] SlotOrder order, CancellationToken cancellationToken) =>
        [.. await lanes.ChangeAsync(order.Stack, slots => slots.Leave(order.Run, order.Most), cancellationToken)];
}
