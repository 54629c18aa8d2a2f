using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Plans;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Plans;

/// <summary>Plans a rollout just before it begins, for who is told of it.</summary>
/// <param name="planner">Who plans.</param>
public sealed class NotePlan(RolloutPlanner planner)
{
    /// <summary>The plan in short.</summary>
    [Function(nameof(NotePlan))]
    public async Task<PlanNote> RunAsync([ActivityTrigger] RolloutOrder order, CancellationToken cancellationToken) =>
        PlanNote.Of(await planner.PlanAsync(order, cancellationToken));
}
