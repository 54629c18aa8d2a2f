using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.GitHub;

/// <summary>
/// Has GitHub's deployment of a region say where the run stands: one report after the other, beside the run. Each is in the queue of
/// what GitHub is to be told when its activity ends. One that cannot be put there is given up: it does not change the run's end.
/// </summary>
internal sealed class DeploymentReports(TaskOrchestrationContext context, RegionOrder order)
{
    private Task told = Task.CompletedTask;

    /// <summary>Reports the run, if its step is one that GitHub has a word for.</summary>
    public void Tell(RegionRun run)
    {
        if (DeploymentReport.Of(order, run) is { } report)
        {
            told = TellAsync(told, report);
        }
    }

    /// <summary>Ends when the last report is in the queue, or given up.</summary>
    public Task SettleAsync() => told;

    private async Task TellAsync(Task before, DeploymentReport report)
    {
        await before;
        try
        {
            await context.CallActivityAsync(nameof(ReportDeployment), report, Retries.ForReporting);
        }
        catch (TaskFailedException)
        {
            context.CreateReplaySafeLogger<DeploymentReports>().NotDelivered(report.Target.ToString(), report.Phase);
        }
    }
}
