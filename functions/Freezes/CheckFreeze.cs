using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Lanes;

namespace Orchestrator.Functions.Freezes;

/// <summary>Looks whether a freeze holds a rollout that is under way.</summary>
/// <param name="freezes">The calendars.</param>
public sealed class CheckFreeze(FreezeDesk freezes)
{
    /// <summary>Why it is held, if it is.</summary>
    [Function(nameof(CheckFreeze))]
    public async Task<LineState> RunAsync([ActivityTrigger] FreezeOrder order, CancellationToken cancellationToken) =>
        await freezes.HeldAsync(order.Stack, order.Environment, order.Rollout, cancellationToken) is { } held ? new(held.Reason, held.Until) : new(null);
}

/// <summary>A rollout that asks whether a freeze holds it.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Rollout">The rollout's id.</param>
public sealed record FreezeOrder(StackName Stack, EnvironmentName Environment, string Rollout);
