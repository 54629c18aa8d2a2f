using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Does what policy says about a changed release. A release that was never rolled out has nothing to change.</summary>
/// <param name="settings">The policy, and the stacks.</param>
/// <param name="starter">Who starts runs.</param>
/// <param name="manifests">What was rolled out last.</param>
/// <param name="lanes">The marks that keep a release from beginning anywhere.</param>
/// <param name="time">The clock.</param>
public sealed class ReleaseChanges(OrchestratorSettings settings, ReleaseStarter starter, ManifestLedger manifests, LaneStore lanes, TimeProvider time)
{
    /// <summary>What was done. It may be asked again for the same delivery, and does nothing more then.</summary>
    public async Task<AppliedChange> ApplyAsync(DurableTaskClient client, ReleaseChange change, string delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var next = await starter.NextAsync(client, change.Repository, change.Tag, cancellationToken);
        if (!await starter.HasBegunAsync(client, next, cancellationToken))
        {
            return AppliedChange.Nothing($"{change.Tag} was never rolled out");
        }

        return change.Kind == ReleaseChangeKind.Edited
            ? await RestartAsync(client, change, next, delivery, cancellationToken)
            : await TakeBackAsync(client, next, cancellationToken);
    }

    private async Task<AppliedChange> RestartAsync(DurableTaskClient client, ReleaseChange change, ReleaseKey next, string delivery, CancellationToken cancellationToken)
    {
        if (change.Manifest is null)
        {
            return AppliedChange.Nothing($"expected {ReleaseManifest.AssetName} of {change.Tag} with its digest, found none");
        }

        if (await manifests.ClaimAsync(change.Tag, change.Manifest, delivery, next.Attempt, cancellationToken) is not { } attempt)
        {
            return AppliedChange.Nothing($"{ReleaseManifest.AssetName} of {change.Tag} is the one that was rolled out last, an older one, or what was is not known");
        }

        var scope = new ReleaseScope(null, null, IsRollback: false, $"{ReleaseManifest.AssetName} was changed: {SettingNames.OnEdited} is restart");
        var run = await starter.StartAsync(client, new(next with { Attempt = attempt }, delivery, scope), cancellationToken);
        return new($"{ReleaseManifest.AssetName} was changed: {change.Tag} is rolled out again", run);
    }

    private async Task<AppliedChange> TakeBackAsync(DurableTaskClient client, ReleaseKey next, CancellationToken cancellationToken)
    {
        var policy = settings.Releases.OnDeleted;
        var why = $"the release was taken back on GitHub: {SettingNames.OnDeleted} is {(policy == DeletedAction.Stop ? "stop" : "hold")}";
        await lanes.MarkBadAsync(next.Tag, new(next.Tag.Value, "policy", why, time.GetUtcNow()), cancellationToken);
        if (policy == DeletedAction.Hold)
        {
            return new($"{next.Tag} is marked bad: it begins nowhere any more", null);
        }

        var stopped = new List<string>();
        foreach (var rollout in Rollouts(next))
        {
            if (await client.GetInstanceAsync(rollout, getInputsAndOutputs: true, cancellationToken) is { IsCompleted: false } instance
                && !instance.ReadInputAs<RolloutOrder>()!.Candidate.IsRollback)
            {
                await client.RaiseEventAsync(rollout, StopSignal.Event, new StopOrder(why), cancellationToken);
                stopped.Add(rollout);
            }
        }

        return new($"{next.Tag} is marked bad: it begins nowhere any more; stopped: {(stopped.Count == 0 ? "nothing, as nothing was under way" : string.Join(", ", stopped))}", null);
    }

    private IEnumerable<string> Rollouts(ReleaseKey next) =>
        from attempt in Enumerable.Range(ReleaseKey.OfPrerelease, next.Attempt)
        from stack in settings.Topology.Stacks
        from environment in stack.Environments
        select (next with { Attempt = attempt }).Rollout(stack.Name, environment.Name);
}

/// <summary>What followed from a changed release.</summary>
/// <param name="Done">What was done, or why nothing was.</param>
/// <param name="Run">The run that was begun; null for none.</param>
/// <param name="IsSomething">Whether anything was done.</param>
public sealed record AppliedChange(string Done, string? Run, bool IsSomething = true)
{
    internal static AppliedChange Nothing(string why) => new(why, null, IsSomething: false);
}
