using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Retention;

namespace Orchestrator.Functions.Releases;

/// <summary>
/// Starts release runs, each at most once: the run's id derives from repository and tag, and the durable store is the ledger of
/// what has been started, together with the records of what it does not keep any longer. A delivery that comes again finds the run
/// that the first one made.
/// </summary>
/// <param name="archive">The records.</param>
public sealed class ReleaseStarter(RunArchive archive)
{
    // Those before are the publication's own, as a prerelease and as a release, whenever that comes: what a person asks for before
    // must not stand in their place.
    private const int FirstAgain = ReleaseKey.OfRelease + 1;

    /// <summary>The id of a further run of a release that has been run before, or was never: a new attempt, with ids of its own.</summary>
    public async Task<string> StartAgainAsync(DurableTaskClient client, RepositoryName repository, ReleaseTag tag, ReleaseScope scope, CancellationToken cancellationToken)
    {
        var publication = await client.GetInstanceAsync(new ReleaseKey(repository, tag, 1).ReleaseRun(), getInputsAndOutputs: true, cancellationToken);
        var publisher = publication?.ReadInputAs<ReleaseRequest>()?.PublishedBy;
        while (true)
        {
            // Whoever asked for something else at the same time may have taken the attempt.
            var wanted = new ReleaseRequest(await NextAsync(client, repository, tag, cancellationToken), DeliveryId: string.Empty, scope, publisher);
            var id = await StartAsync(client, wanted, cancellationToken);
            if ((await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken))?.ReadInputAs<ReleaseRequest>()?.Scope is { } begun && begun.IsSameAs(scope))
            {
                return id;
            }
        }
    }

    /// <summary>The first attempt at rolling a release out once more that has not been made yet.</summary>
    public async Task<ReleaseKey> NextAsync(DurableTaskClient client, RepositoryName repository, ReleaseTag tag, CancellationToken cancellationToken)
    {
        for (var attempt = FirstAgain; ; attempt++)
        {
            var key = new ReleaseKey(repository, tag, attempt);
            if (!await WasMadeAsync(client, key, cancellationToken))
            {
                return key;
            }
        }
    }

    /// <summary>Whether any attempt was made before one that <see cref="NextAsync"/> found.</summary>
    public async Task<bool> HasBegunAsync(DurableTaskClient client, ReleaseKey next, CancellationToken cancellationToken) =>
        next.Attempt > FirstAgain
        || await WasMadeAsync(client, next with { Attempt = ReleaseKey.OfRelease }, cancellationToken)
        || await WasMadeAsync(client, next with { Attempt = ReleaseKey.OfPrerelease }, cancellationToken);

    /// <summary>Whether an attempt was made, however long ago.</summary>
    public async Task<bool> WasMadeAsync(DurableTaskClient client, ReleaseKey key, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(key.ReleaseRun(), cancellationToken) is not null
        || await archive.FindReleaseAsync(key.ReleaseRun(), cancellationToken) is not null;

    /// <summary>The id of the run that works, or has worked, on the request. It is on disk when this returns.</summary>
    public async Task<string> StartAsync(DurableTaskClient client, ReleaseRequest request, CancellationToken cancellationToken)
    {
        var id = request.Key.ReleaseRun();

        // An ended instance would be replaced by a new one of the same id: look first.
        if (!await WasMadeAsync(client, request.Key, cancellationToken))
        {
            await client.ScheduleOnceAsync(nameof(ReleaseOrchestration), request, id, cancellationToken);
        }

        return id;
    }
}
