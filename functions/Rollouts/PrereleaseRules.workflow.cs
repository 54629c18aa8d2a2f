using Microsoft.DurableTask;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Plans;

namespace Orchestrator.Functions.Rollouts;

/// <summary>What is different about a prerelease, and about the release that it becomes.</summary>
internal sealed class PrereleaseRules(TaskOrchestrationContext context, RolloutOrder order)
{
    private readonly LaneOrder lane = LaneOrder.Of(order, context.InstanceId, context.CurrentUtcDateTime);

    /// <summary>Why there is nothing to do in the environment; null when there is.</summary>
    public async Task<EnvironmentRun?> NothingToDoAsync() =>
        order.NotTaken() is { } notTaken ? LeftOut(notTaken)
        : order.MayBeThere() && await context.CallActivityAsync<bool>(nameof(CheckPromoted), lane, Retries.ForState)
            ? LeftOut($"{order.Candidate.Key.Tag} runs there since it was a prerelease")
        : null;

    /// <summary>The order with what is planned, for GitHub. A plan that cannot be made holds nothing up.</summary>
    public async Task<RolloutOrder> WithPlanAsync()
    {
        if (!order.Candidate.IsPrerelease)
        {
            return order;
        }

        try
        {
            return order with { Plan = await context.CallActivityAsync<PlanNote>(nameof(NotePlan), order, Retries.ForReporting) };
        }
        catch (TaskFailedException)
        {
            return order;
        }
    }

    private EnvironmentRun LeftOut(string reason) => EnvironmentRun.LeftOut(order.Environment.Name, reason);
}
