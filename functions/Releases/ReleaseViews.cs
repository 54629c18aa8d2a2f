using Microsoft.DurableTask.Client;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Parity;
using Orchestrator.Functions.Retention;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Releases;

/// <summary>Puts the picture of a release's run together from what its durable instances hold, or from its record.</summary>
/// <param name="settings">The stacks, to know which rollouts a release can have.</param>
/// <param name="rollouts">Who knows rollouts.</param>
/// <param name="archive">The records of release runs.</param>
/// <param name="reports">What stacks show side by side.</param>
public sealed class ReleaseViews(OrchestratorSettings settings, KnownRollouts rollouts, RunArchive archive, ParityReports reports)
{
    /// <summary>A release's run with its rollouts; null when there is none of that id.</summary>
    public async Task<ReleaseView?> FindAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        await FindAloneAsync(client, id, cancellationToken) is { } view ? await ComparedAsync(view, cancellationToken) : null;

    // The stacks may have been compared after the run has ended: another instance's scores come when they come.
    private async Task<ReleaseView> ComparedAsync(ReleaseView view, CancellationToken cancellationToken)
    {
        if (!view.Phase.IsTerminal() || await reports.HeadAsync(view.Tag, cancellationToken) is not { } head || head.Key.ReleaseRun() != view.Id)
        {
            return view;
        }

        return head.Outcome.Failure() is { } failure
            ? view with { Phase = RunPhase.Failed, Reason = failure, Parity = head.Outcome }
            : view with { Parity = head.Outcome };
    }

    private async Task<ReleaseView?> FindAloneAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (!id.StartsWith(ReleaseKey.ReleasePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        if (await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is not { } instance)
        {
            return await archive.FindReleaseAsync(id, cancellationToken) is { } archived ? await ViewAsync(client, archived, cancellationToken) : null;
        }

        var key = instance.ReadInputAs<ReleaseRequest>()!.Key;
        var ids = settings.Topology.Stacks.SelectMany(stack => stack.Environments.Select(environment => key.Rollout(stack.Name, environment.Name)));
        var found = await RolloutsAsync(client, ids, cancellationToken);
        var result = instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? instance.ReadOutputAs<ReleaseRun>() : null;
        return new(
            id,
            key.Repository,
            key.Tag,
            result?.Phase ?? RolloutViews.PhaseOf(instance.RuntimeStatus),
            result?.Reason ?? instance.FailureDetails?.ErrorMessage,
            instance.CreatedAt,
            instance.LastUpdatedAt,
            found);
    }

    private async Task<ReleaseView> ViewAsync(DurableTaskClient client, ArchivedRelease archived, CancellationToken cancellationToken) => new(
        archived.Id,
        archived.Key.Repository,
        archived.Key.Tag,
        archived.Phase,
        archived.Reason,
        archived.StartedAt,
        archived.EndedAt,
        await RolloutsAsync(client, archived.Rollouts, cancellationToken))
    {
        ArchivedAt = archived.At,
    };

    private async Task<IReadOnlyList<RolloutView>> RolloutsAsync(DurableTaskClient client, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(ids.Select(id => rollouts.FindAsync(client, id, cancellationToken)))).OfType<RolloutView>()];
}
