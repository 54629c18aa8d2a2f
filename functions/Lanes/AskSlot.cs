using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Lanes;

/// <summary>Asks whether a region may go to work. Asking twice is asking once.</summary>
/// <param name="lanes">The slots.</param>
public sealed class AskSlot(LaneStore lanes)
{
    /// <summary>Whether it may.</summary>
    [Function(nameof(AskSlot))]
    public async Task<SlotAnswer> RunAsync([ActivityTrigger] SlotOrder order, CancellationToken cancellationToken) =>
        new(await lanes.ChangeAsync(order.Stack, slots => slots.Ask(order.Run, order.Most), cancellationToken));
}
