using Microsoft.DurableTask;
using Orchestrator.Functions.Lanes;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Waiting for others: whoever makes room nudges those that wait. They also look by themselves now and then, as a nudge may get
/// lost.
/// </summary>
internal static class Nudges
{
    /// <summary>The event that tells who waits to ask again.</summary>
    public const string Event = "Nudge";

    /// <summary>Waits for a nudge, or for a while; false when the order to stop has come.</summary>
    public static Task<bool> WaitAsync(TaskOrchestrationContext context, StopSignal stop, int look) => WaitAsync(context, stop, look, DateTimeOffset.MaxValue);

    /// <summary>Waits for a nudge, or for a while, at the longest until <paramref name="until"/>; false when the order to stop has come.</summary>
    public static Task<bool> WaitAsync(TaskOrchestrationContext context, StopSignal stop, int look, DateTimeOffset until)
    {
        var left = until - context.CurrentUtcDateTime;
        return WaitAsync(context, stop, left < LaneDelays.After(look) ? left : LaneDelays.After(look));
    }

    /// <summary>Waits for a nudge, or until what is waited for is over, where that is known; false when the order to stop has come.</summary>
    public static Task<bool> UntilAsync(TaskOrchestrationContext context, StopSignal stop, int look, DateTimeOffset? over) =>
        WaitAsync(context, stop, over is { } known && known - context.CurrentUtcDateTime is var left && left > LaneDelays.After(look) ? LaneDelays.AtMost(left) : LaneDelays.After(look));

    private static async Task<bool> WaitAsync(TaskOrchestrationContext context, StopSignal stop, TimeSpan time)
    {
        if (stop.HasCome)
        {
            return false;
        }

        using var over = new CancellationTokenSource();
        var timer = context.CreateTimer(time, over.Token);
        var nudge = context.WaitForExternalEvent<string>(Event, over.Token);
        await Task.WhenAny(timer, nudge, stop.Coming);
        over.Cancel();
        return !stop.HasCome;
    }
}
