using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Listens, from an orchestration's beginning to its end, for the order to stop: waits are cut short by it, work that is under way is not.</summary>
internal sealed class StopSignal(TaskOrchestrationContext context)
{
    /// <summary>The event that carries the order.</summary>
    public const string Event = "Stop";

    private readonly Task<StopOrder> order = context.WaitForExternalEvent<StopOrder>(Event);

    /// <summary>Whether the order has come.</summary>
    public bool HasCome => order.IsCompleted;

    /// <summary>The order; null before it has come.</summary>
    public StopOrder? Order => order.IsCompletedSuccessfully ? order.Result : null;

    /// <summary>Ends when the order comes, if ever.</summary>
    public Task Coming => order;

    /// <summary>The order; to be asked for once it has come.</summary>
    public Task<StopOrder> OrderAsync() => order;

    /// <summary>Waits for a time, at the longest until <paramref name="sooner"/> ends; false when the order came before.</summary>
    public async Task<bool> LetPassAsync(TimeSpan time, Task? sooner = null)
    {
        if (HasCome || time <= TimeSpan.Zero)
        {
            return !HasCome;
        }

        using var early = new CancellationTokenSource();
        var timer = context.CreateTimer(time, early.Token);
        var first = sooner is null ? await Task.WhenAny(timer, order) : await Task.WhenAny(timer, order, sooner);
        if (first != timer)
        {
            early.Cancel();
        }

        return first != order;
    }
}
