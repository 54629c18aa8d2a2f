using Microsoft.DurableTask;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Listens, during a wave's bake, for a person's order not to wait for its end.</summary>
internal sealed class BakeSkip
{
    /// <summary>The event that carries the order.</summary>
    public const string Event = "SkipBake";

    public BakeSkip(TaskOrchestrationContext context, WaveName wave) => Coming = ListenAsync(context, wave);

    /// <summary>Ends when the order comes, if ever.</summary>
    public Task Coming { get; }

    /// <summary>Whether the order has come.</summary>
    public bool HasCome => Coming.IsCompleted;

    private static async Task ListenAsync(TaskOrchestrationContext context, WaveName wave)
    {
        while ((await context.WaitForExternalEvent<SkipBakeOrder>(Event)).Wave != wave)
        {
            // An order that came too late for an earlier wave.
        }
    }
}
