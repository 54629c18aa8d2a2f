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

    /// <summary>The finding about a region; null when there is none.</summary>
    public Task<Finding?> OfAsync(RegionTarget target, CancellationToken cancellationToken) =>
        store.ReadAsync<Finding>(Kind, Key(target), cancellationToken);

    /// <summary>The finding about an environment's rollout; null when there is none.</summary>
    public Task<Finding?> OfAsync(StackName stack, EnvironmentName environment, CancellationToken cancellationToken) =>
        store.ReadAsync<Finding>(Kind, Key(stack, environment), cancellationToken);

    /// <summary>Records what was found in a region, or that nothing was; the result is what is known now.</summary>
    public Task<Finding?> RecordAsync(RegionTarget target, Finding? now, CancellationToken cancellationToken) =>
        RecordAsync(Key(target), now, cancellationToken);

    /// <summary>Records what was found about an environment's rollout, or that nothing was; the result is what is known now.</summary>
    public Task<Finding?> RecordAsync(StackName stack, EnvironmentName environment, Finding? now, CancellationToken cancellationToken) =>
        RecordAsync(Key(stack, environment), now, cancellationToken);

    /// <summary>Notes the run that repairs what was found in a region.</summary>
    public Task<Finding> NoteRepairAsync(RegionTarget target, Finding finding, CancellationToken cancellationToken) =>
        store.ChangeAsync<Finding, Finding>(Kind, Key(target), now => Same((now ?? finding) with { RepairRun = finding.RepairRun }), cancellationToken);

    private async Task<Finding?> RecordAsync(string key, Finding? now, CancellationToken cancellationToken)
    {
        if (now is not null)
        {
            return await store.ChangeAsync<Finding, Finding>(Kind, key, before => Same(Finding.Next(before, now)!), cancellationToken);
        }

        while (await store.ReadAsync(Kind, key, cancellationToken) is { } gone
            && !await store.TryDeleteAsync(Kind, key, gone.Version, cancellationToken))
        {
        }

        return null;
    }

    private static (Finding After, Finding Result) Same(Finding finding) => (finding, finding);

    private static string Key(RegionTarget target) => $"{target.Stack}_{target.Environment}_{target.Region.Name}";

    private static string Key(StackName stack, EnvironmentName environment) => $"{stack}_{environment}";
}
