using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Retention;

namespace Orchestrator.Functions.Rollouts;

/// <summary>All rollouts that are known: those whose durable instances are kept, and those that only a record is left of.</summary>
/// <param name="archive">The records.</param>
/// <param name="time">The clock.</param>
public sealed class KnownRollouts(RunArchive archive, TimeProvider time)
{
    /// <summary>The latest rollouts, newest first.</summary>
    public async Task<IReadOnlyList<RolloutSummary>> ListAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var kept = await RolloutViews.RolloutsAsync(client, cancellationToken);
        if (kept.Count >= RolloutViews.MostListed)
        {
            // The records, which are of older ones, need not be read.
            return kept;
        }

        var records = await archive.RolloutsAsync(cancellationToken);
        return [.. kept.Concat(records).DistinctBy(rollout => rollout.Id).OrderByDescending(rollout => rollout.StartedAt).Take(RolloutViews.MostListed)];
    }

    /// <summary>One rollout with its regions; null when there is none of that id.</summary>
    public async Task<RolloutView?> FindAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        await RolloutViews.RolloutAsync(client, id, cancellationToken) ?? await archive.ViewAsync(id, cancellationToken);

    /// <summary>What happened in a rollout and how long it took, or of an archived one only that; null when there is none of that id.</summary>
    public async Task<RolloutHistory?> HistoryAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        await RolloutEvents.ReadAsync(client, id, time.GetUtcNow(), cancellationToken) ?? (await archive.FindRolloutAsync(id, cancellationToken))?.History();
}
