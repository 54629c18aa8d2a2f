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

        var regions = await store.ReadPartsAsync<ArchivedRegion>(RegionKind, id, rollout.Parts.Regions, cancellationToken);
        var decisions = await store.ReadPartsAsync<DecisionRecord>(DecisionKind, id, rollout.Parts.Decisions, cancellationToken);
        var approvals = await store.ReadPartsAsync<Approval>(ApprovalKind, id, rollout.Parts.Approvals, cancellationToken);
        return new(rollout.Rollout, null, [.. regions.GroupBy(region => region.Wave).Select(wave => new WaveView(wave.Key, [.. wave.Select(region => region.Run)]))])
        {
            Record = new(rollout.Candidate, decisions, approvals),
        };
    }

    /// <summary>Writes a rollout, unless it has been written; its head comes last, so that a record which is found is whole.</summary>
    public async Task AddAsync(RolloutRecords records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        var id = records.Head.Rollout.Id;
        var parts = new ArchivedParts(
            await store.WritePartsAsync(RegionKind, id, records.Regions, cancellationToken),
            await store.WritePartsAsync(DecisionKind, id, records.Decisions, cancellationToken),
            await store.WritePartsAsync(ApprovalKind, id, records.Approvals, cancellationToken));
        await store.TryAddAsync(RolloutKind, id, records.Head with { Parts = parts }, cancellationToken);
    }

    /// <summary>Writes a release's run, unless it has been written. Its rollouts come before.</summary>
    public Task AddAsync(ArchivedRelease release, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(release);
        return store.TryAddAsync(ReleaseKind, release.Id, release, cancellationToken);
    }
}
