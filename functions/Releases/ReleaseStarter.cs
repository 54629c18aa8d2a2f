using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Releases;

/// <summary>
/// Starts release runs, each at most once: the run's id derives from repository and tag, and the durable store is the ledger of
/// what has been started. A delivery that comes again finds the run that the first one made.
/// </summary>
public sealed class ReleaseStarter
{
    /// <summary>The id of a further run of a release that has been run before, or was never: a new attempt, with ids of its own.</summary>
    public async Task<string> StartAgainAsync(DurableTaskClient client, RepositoryName repository, ReleaseTag tag, ReleaseScope scope, CancellationToken cancellationToken)
    {
        var next = await NextAsync(client, repository, tag, cancellationToken);
        return await StartAsync(client, new(next, DeliveryId: string.Empty, scope), cancellationToken);
    }

    /// <summary>The first attempt at a release that has not been made yet.</summary>
    public static async Task<ReleaseKey> NextAsync(DurableTaskClient client, RepositoryName repository, ReleaseTag tag, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var key = new ReleaseKey(repository, tag, attempt);
            if (await client.GetInstanceAsync(key.ReleaseRun(), cancellationToken) is null)
            {
                return key;
            }
        }
    }

    /// <summary>The id of the run that works, or has worked, on the request. It is on disk when this returns.</summary>
    public async Task<string> StartAsync(DurableTaskClient client, ReleaseRequest request, CancellationToken cancellationToken)
    {
        var id = request.Key.ReleaseRun();

        // An ended instance would be replaced by a new one of the same id: look first.
        if (await client.GetInstanceAsync(id, cancellationToken) is not null)
        {
            return id;
        }

        try
        {
            return await client.ScheduleNewOrchestrationInstanceAsync(
                new TaskName(nameof(ReleaseOrchestration)),
                request,
                new StartOrchestrationOptions(id),
                cancellationToken);
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            // Two deliveries at once: the one that came second is refused (each backend has its own exception for it),
            // and the run it asked for is there.
            if (await client.GetInstanceAsync(id, cancellationToken) is not null)
            {
                return id;
            }

            throw;
        }
    }
}
