using Orchestrator.Core.Approvals;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Retention;

/// <summary>
/// The records of ended runs, in the store, for good. They stand in for the durable instances: also in answering that an attempt
/// has been made, so that nothing starts twice. Whoever asks looks for the instance first and for the record then: an instance is
/// purged only after its record has been written.
/// </summary>
/// <param name="store">The store.</param>
public sealed class RunArchive(IStateStore store)
{
    private const string ReleaseKind = "archived-releases";
    private const string RolloutKind = "archived-rollouts";
    private const string RegionKind = "archived-regions";
    private const string DecisionKind = "archived-decisions";
    private const string ApprovalKind = "archived-approvals";

    // So many stay far below what a table's property holds, with the longest reasons that are kept.
    private const int InOnePart = 16;

    /// <summary>A release's run; null when there is no record of it.</summary>
    public Task<ArchivedRelease?> FindReleaseAsync(string id, CancellationToken cancellationToken) => store.ReadAsync<ArchivedRelease>(ReleaseKind, id, cancellationToken);

    /// <summary>All rollouts, as they are listed.</summary>
    public async Task<IReadOnlyList<RolloutSummary>> RolloutsAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(RolloutKind, cancellationToken)).Select(entry => StateStores.Value<ArchivedRollout>(entry).Rollout)];

    /// <summary>A rollout without what it consists of; null when there is no record of it.</summary>
    public Task<ArchivedRollout?> FindRolloutAsync(string id, CancellationToken cancellationToken) => store.ReadAsync<ArchivedRollout>(RolloutKind, id, cancellationToken);

    /// <summary>A rollout in full; null when there is no record of it.</summary>
    public async Task<RolloutView?> ViewAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindRolloutAsync(id, cancellationToken) is not { } rollout)
        {
            return null;
        }

        var regions = await PartsAsync<ArchivedRegion>(RegionKind, id, cancellationToken);
        var decisions = await PartsAsync<DecisionRecord>(DecisionKind, id, cancellationToken);
        var approvals = await PartsAsync<Approval>(ApprovalKind, id, cancellationToken);
        return new(rollout.Rollout, null, [.. regions.GroupBy(region => region.Wave).Select(wave => new WaveView(wave.Key, [.. wave.Select(region => region.Run)]))])
        {
            Record = new(rollout.Candidate, decisions, approvals),
        };
    }

    /// <summary>Writes a rollout, unless it has been written; its head comes last, so that a record which is found is whole.</summary>
    internal async Task AddAsync(RolloutRecords records, CancellationToken cancellationToken)
    {
        var id = records.Head.Rollout.Id;
        await AddPartsAsync(RegionKind, id, records.Regions, cancellationToken);
        await AddPartsAsync(DecisionKind, id, records.Decisions, cancellationToken);
        await AddPartsAsync(ApprovalKind, id, records.Approvals, cancellationToken);
        await store.TryAddAsync(RolloutKind, id, records.Head, cancellationToken);
    }

    /// <summary>Writes a release's run, unless it has been written. Its rollouts come before.</summary>
    internal Task AddAsync(ArchivedRelease release, CancellationToken cancellationToken) => store.TryAddAsync(ReleaseKind, release.Id, release, cancellationToken);

    private async Task AddPartsAsync<T>(string kind, string id, IReadOnlyList<T> all, CancellationToken cancellationToken)
    {
        foreach (var (number, part) in all.Chunk(InOnePart).Index())
        {
            // What a write that was cut short has left may be older than what there is now.
            await store.ChangeAsync<IReadOnlyList<T>>(kind, Part(id, number), _ => part, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<T>> PartsAsync<T>(string kind, string id, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        for (var number = 0; all.Count == number * InOnePart && await store.ReadAsync<IReadOnlyList<T>>(kind, Part(id, number), cancellationToken) is { } part; number++)
        {
            all.AddRange(part);
        }

        return all;
    }

    private static string Part(string id, int number) => $"{id}.{number}";
}
