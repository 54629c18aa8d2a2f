using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Takes a candidate through a stack, environment by environment. Knows nothing of other stacks.</summary>
public static class StackRollout
{
    /// <summary>How the stack ended; input is a <see cref="StackOrder"/>.</summary>
    [Function(nameof(StackRollout))]
    public static async Task<StackRun> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<StackOrder>()!;
        var ended = new List<EnvironmentRun>();
        foreach (var environment in order.Environments)
        {
            context.SetCustomStatus(new StackStatus(environment.Name));
            ended.Add(ended.LastOrDefault(one => !one.IsLeftOut) is { } before && !RolloutDecisions.MayBegin(before.Phase)
                ? EnvironmentRun.NotBegun(environment.Name, RunPhase.Skipped, $"{before.Environment} did not succeed")
                : await RollOutAsync(context, order, environment));
        }

        return StackRun.Of(order.Stack, ended);
    }

    private static async Task<EnvironmentRun> RollOutAsync(TaskOrchestrationContext context, StackOrder order, EnvironmentDefinition environment)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<EnvironmentRun>(
                nameof(EnvironmentRollout),
                order.For(environment),
                new TaskOptions().WithInstanceId(order.Candidate.Key.Rollout(order.Stack, environment.Name)));
        }
        catch (TaskFailedException failure)
        {
            return new(environment.Name, RunPhase.Failed, null, failure.FailureDetails.ErrorMessage, []);
        }
    }
}
