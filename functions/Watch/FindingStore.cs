using Orchestrator.Core.Names;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Watch;

/// <summary>What has been found and not yet gone away, in the store.</summary>
/// <param name="store">The store.</param>
public sealed class FindingStore(IStateStore store)
{
    private const string Kind = "findings";

    // A region has any number of models, and each of them may be found wanting at length.
    private const int LongestDetail = 4_000;

    /// <summary>All that is known.</summary>
    public async Task<Findings> AllAsync(CancellationToken cancellationToken) =>
        new((await store.ListAsync(Kind, cancellationToken)).ToDictionary(entry => entry.Key, StateStores.Value<Finding>));

    /// <summary>Records what was found in a region, or that nothing was; the result is what is known now.</summary>
    public Task<Finding?> RecordAsync(RegionTarget target, Finding? now, CancellationToken cancellationToken) =>
        RecordAsync(Key(target), now, cancellationToken);

    /// <summary>Records what was found about an environment's rollout, or that nothing was; the result is what is known now.</summary>
    public Task<Finding?> RecordAsync(StackName stack, EnvironmentName environment, Finding? now, CancellationToken cancellationToken) =>
        RecordAsync(Key(stack, environment), now, cancellationToken);

    /// <summary>Records what was found about a region's models, or that nothing was; the result is what is known now.</summary>
    public Task<Finding?> RecordModelsAsync(RegionTarget target, Finding? now, CancellationToken cancellationToken) =>
        RecordAsync(ModelsKey(target), now, cancellationToken);

    /// <summary>Notes the run that goes back from what was found about a region's models.</summary>
    public Task<Finding> NoteModelRepairAsync(RegionTarget target, Finding finding, CancellationToken cancellationToken) =>
        store.ChangeAsync<Finding>(Kind, ModelsKey(target), now => (now ?? finding) with { RepairRun = finding.RepairRun }, cancellationToken);

    /// <summary>Notes the run that repairs what was found in a region.</summary>
    public Task<Finding> NoteRepairAsync(RegionTarget target, Finding finding, CancellationToken cancellationToken) =>
        store.ChangeAsync<Finding>(Kind, Key(target), now => (now ?? finding) with { RepairRun = finding.RepairRun }, cancellationToken);

    private async Task<Finding?> RecordAsync(string key, Finding? now, CancellationToken cancellationToken)
    {
        if (now is not null)
        {
            var kept = now with { Detail = StateJson.Cut(now.Detail, LongestDetail) };
            return await store.ChangeAsync<Finding>(Kind, key, before => Finding.Next(before, kept)!, cancellationToken);
        }

        await store.DeleteAsync(Kind, key, cancellationToken);
        return null;
    }

    internal static string Key(RegionTarget target) => $"{target.Stack}_{target.Environment}_{target.Region.Name}";

    internal static string ModelsKey(RegionTarget target) => $"{Key(target)}_models";

    internal static string Key(StackName stack, EnvironmentName environment) => $"{stack}_{environment}";
}
