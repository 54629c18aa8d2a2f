using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Alerts;

/// <summary>Pages people from a region's run. An alert that cannot be delivered changes nothing for the run.</summary>
internal static class RegionAlerts
{
    public static async Task TellAsync(TaskOrchestrationContext context, RegionOrder order, RegionRun run)
    {
        var alert = new Alert(
            context.InstanceId,
            order.Target.Stack,
            Alert.RollbackFailed,
            order.Target.ToString(),
            order.Candidate.Key.Tag,
            run.Reason ?? "the rollback failed",
            run.Since);
        try
        {
            await context.CallActivityAsync(nameof(SendAlert), alert, Retries.ForReporting);
        }
        catch (TaskFailedException)
        {
            context.CreateReplaySafeLogger(typeof(RegionAlerts)).NotTold(alert.Subject, alert.Type);
        }
    }
}
