using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Functions.Releases;

/// <summary>Starts orchestrations whose ids say what they are for, so that each is started once.</summary>
internal static class SingleStart
{
    /// <summary>Starts an orchestration that the caller has looked for and not found. It is on disk when this returns.</summary>
    public static async Task ScheduleOnceAsync(this DurableTaskClient client, string orchestration, object input, string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(new TaskName(orchestration), input, new StartOrchestrationOptions(id), cancellationToken);
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            // Two deliveries at once: the one that came second is refused (each backend has its own exception for it),
            // and the run it asked for is there.
            if (await client.GetInstanceAsync(id, cancellationToken) is null)
            {
                throw;
            }
        }
    }
}
