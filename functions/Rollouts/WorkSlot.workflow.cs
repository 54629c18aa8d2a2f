using Microsoft.DurableTask;
using Orchestrator.Functions.Lanes;

namespace Orchestrator.Functions.Rollouts;

/// <summary>A region's place among those at work, where its stack limits how many may be. Going back never waits for one.</summary>
internal sealed class WorkSlot(TaskOrchestrationContext context, RegionOrder order, StopSignal stop)
{
    /// <summary>Waits until the region may go to work, or is told to stop.</summary>
    public async Task EnterAsync()
    {
        for (var look = 0; order.MaxRegionsAtWork is { } most && !stop.HasCome; look++)
        {
            var slot = await context.CallActivityAsync<SlotAnswer>(nameof(AskSlot), new SlotOrder(order.Target.Stack, context.InstanceId, most), Retries.ForState);
            if (slot.MayWork)
            {
                return;
            }

            await Nudges.WaitAsync(context, stop, look);
        }
    }

    /// <summary>Makes room for others.</summary>
    public async Task LeaveAsync()
    {
        if (order.MaxRegionsAtWork is not { } most)
        {
            return;
        }

        foreach (var next in await context.CallActivityAsync<string[]>(nameof(LeaveSlot), new SlotOrder(order.Target.Stack, context.InstanceId, most), Retries.ForState))
        {
            context.SendEvent(next, Nudges.Event, context.InstanceId);
        }
    }
}
