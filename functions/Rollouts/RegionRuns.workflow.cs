using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;

namespace Orchestrator.Functions.Rollouts;

/// <summary>The regions' own orchestrations, as their rollout calls them.</summary>
internal static class RegionRuns
{
    /// <summary>How the region's orchestration ended. One that broke off has left its region in a state nobody knows.</summary>
    public static async Task<RegionRun> CallAsync(TaskOrchestrationContext context, string orchestration, object input, string id, RegionRun before)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<RegionRun>(orchestration, input, new TaskOptions().WithInstanceId(id));
        }
        catch (TaskFailedException failure)
        {
            return before.Judged(Verdict.Error, failure.FailureDetails.ErrorMessage) with
            {
                Step = RegionStep.RollbackFailed,
                Since = context.CurrentUtcDateTime,
            };
        }
    }

    /// <summary>Takes a promoted region back to its baseline.</summary>
    /// <param name="context">The rollout's orchestration.</param>
    /// <param name="order">The rollout.</param>
    /// <param name="run">The region's run.</param>
    /// <param name="regions">All that has been done, for the reason.</param>
    public static Task<RegionRun> GoBackAsync(TaskOrchestrationContext context, RolloutOrder order, RegionRun run, IEnumerable<RegionRun> regions)
    {
        var rollback = new RollbackOrder(order.For(order.Environment.Find(run.Region)!), run with { Reason = RolloutDecisions.WhyItGoesBack(run, regions) });
        return CallAsync(context, nameof(RegionRollback), rollback, rollback.RunId(), run);
    }

    /// <summary>A region that was not begun.</summary>
    public static RegionRun Skipped(TaskOrchestrationContext context, RegionDefinition region) =>
        RegionRun.Pending(region.Name, context.CurrentUtcDateTime).MoveTo(RegionStep.Skipped, context.CurrentUtcDateTime);
}
