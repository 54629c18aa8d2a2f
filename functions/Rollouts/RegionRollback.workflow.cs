using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Takes a region back that its own run had promoted, because the rollout it belongs to did not succeed.</summary>
public static class RegionRollback
{
    /// <summary>How the region ended; input is a <see cref="RollbackOrder"/>.</summary>
    [Function(nameof(RegionRollback))]
    public static Task<RegionRun> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<RollbackOrder>()!;
        return RegionRestoration.RunAsync(new(context, order.Region, order.Promoted));
    }
}

/// <summary>The order to take a promoted region back.</summary>
/// <param name="Region">The order by which it was promoted.</param>
/// <param name="Promoted">How its own run ended.</param>
public sealed record RollbackOrder(RegionOrder Region, RegionRun Promoted)
{
    /// <summary>The durable id of the run that takes the region back.</summary>
    public string RunId() => Region.Candidate.Key.RegionRollback(Region.Target.Stack, Region.Target.Environment, Region.Target.Region.Name);
}
