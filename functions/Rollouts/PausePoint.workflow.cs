using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Where a run stands still when a person has paused it. Who resumes names the pause, so that each order ends its own pause,
/// whenever it comes.
/// </summary>
internal sealed class PausePoint(TaskOrchestrationContext context, StopSignal stop)
{
    /// <summary>The event that carries the order to pause.</summary>
    public const string Event = "Pause";

    /// <summary>The event that carries the order to go on.</summary>
    public const string ResumeEvent = "GoOn";

    private Task<PauseOrder> next = context.WaitForExternalEvent<PauseOrder>(Event);

    /// <summary>Whether somebody has paused the run.</summary>
    public bool HasCome => next.IsCompleted;

    /// <summary>The order; to be asked for once it has come. The next one is listened for from now on.</summary>
    public async Task<PauseOrder> TakeAsync()
    {
        var order = await next;
        next = context.WaitForExternalEvent<PauseOrder>(Event);
        return order;
    }

    /// <summary>Waits until somebody resumes; null when nobody did in time, or the order to stop came first.</summary>
    /// <param name="pause">The pause.</param>
    /// <param name="limit">How long to wait; null for as long as it takes.</param>
    public async Task<ResumeOrder?> WaitAsync(PauseOrder pause, TimeSpan? limit)
    {
        using var over = new CancellationTokenSource();
        Task timer = limit is { } most ? context.CreateTimer(most, over.Token) : new TaskCompletionSource().Task;
        while (!stop.HasCome)
        {
            var resume = context.WaitForExternalEvent<ResumeOrder>(ResumeEvent, over.Token);
            if (await Task.WhenAny(resume, timer, stop.Coming) != resume)
            {
                break;
            }

            if (await resume is var order && order.Paused == pause.At)
            {
                over.Cancel();
                return order;
            }
        }

        over.Cancel();
        return null;
    }
}
