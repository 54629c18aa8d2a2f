using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Waits for a person to decide about a region.</summary>
internal static class PersonsDecision
{
    /// <summary>The event that carries the decision.</summary>
    public const string Event = "Decision";

    /// <summary>The decision about the step that began at <paramref name="since"/>; null when none came in time, or the order to stop came first.</summary>
    public static async Task<StepDecision?> WaitAsync(TaskOrchestrationContext context, StopSignal stop, DateTimeOffset since, TimeSpan limit)
    {
        using var decided = new CancellationTokenSource();
        var timer = context.CreateTimer(limit, decided.Token);
        while (!stop.HasCome)
        {
            using var over = new CancellationTokenSource();
            var decision = context.WaitForExternalEvent<StepDecision>(Event, over.Token);
            if (await Task.WhenAny(decision, timer, stop.Coming) != decision)
            {
                over.Cancel();
                break;
            }

            if (await decision is var given && given.Since == since)
            {
                decided.Cancel();
                return given;
            }
        }

        decided.Cancel();
        return null;
    }
}
