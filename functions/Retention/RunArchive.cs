using System.Text.Json;
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

    // A table's property holds 32 K characters; one item is far smaller than the difference.
    private const int MostInOnePart = 16_000;

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

        var regions = await PartsAsync<ArchivedRegion>(RegionKind, id, rollout.Parts.Regions, cancellationToken);
        var decisions = await PartsAsync<DecisionRecord>(DecisionKind, id, rollout.Parts.Decisions, cancellationToken);
        var approvals = await PartsAsync<Approval>(ApprovalKind, id, rollout.Parts.Approvals, cancellationToken);
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
            await AddPartsAsync(RegionKind, id, records.Regions, cancellationToken),
            await AddPartsAsync(DecisionKind, id, records.Decisions, cancellationToken),
            await AddPartsAsync(ApprovalKind, id, records.Approvals, cancellationToken));
        await store.TryAddAsync(RolloutKind, id, records.Head with { Parts = parts }, cancellationToken);
    }

    /// <summary>Writes a release's run, unless it has been written. Its rollouts come before.</summary>
    public Task AddAsync(ArchivedRelease release, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(release);
        return store.TryAddAsync(ReleaseKind, release.Id, release, cancellationToken);
    }

    private async Task<int> AddPartsAsync<T>(string kind, string id, IReadOnlyList<T> all, CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var part in Parts(all))
        {
            // What a write that was cut short has left may be older than what there is now.
            await store.ChangeAsync<IReadOnlyList<T>>(kind, Key(id, number++), _ => part, cancellationToken);
        }

        return number;
    }

    private async Task<IReadOnlyList<T>> PartsAsync<T>(string kind, string id, int parts, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        for (var number = 0; number < parts; number++)
        {
            all.AddRange(await store.ReadAsync<IReadOnlyList<T>>(kind, Key(id, number), cancellationToken) ?? []);
        }

        return all;
    }

    private static IEnumerable<IReadOnlyList<T>> Parts<T>(IReadOnlyList<T> all)
    {
        var (part, length) = (new List<T>(), 0);
        foreach (var item in all)
        {
            part.Add(item);
            length += JsonSerializer.Serialize(item, JsonSerializerOptions.Web).Length;
            if (length > MostInOnePart)
            {
                yield return part;
                (part, length) = ([], 0);
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static string Key(string id, int number) => $"{id}.{number}";
}
