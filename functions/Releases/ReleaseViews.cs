using Microsoft.DurableTask.Client;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Releases;

/// <summary>Puts the picture of a release's run together from what its durable instances hold.</summary>
/// <param name="settings">The stacks, to know which rollouts a release can have.</param>
public sealed class ReleaseViews(OrchestratorSettings settings)
{
    /// <summary>A release's run with its rollouts; null when there is none of that id.</summary>
    public async Task<ReleaseView?> FindAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (!id.StartsWith(ReleaseKey.ReleasePrefix, StringComparison.Ordinal)
            || await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is not { } instance)
        {
            return null;
        }

        var key = instance.ReadInputAs<ReleaseRequest>()!.Key;
        var ids = settings.Topology.Stacks.SelectMany(stack => stack.Environments.Select(environment => key.Rollout(stack.Name, environment.Name)));
        var rollouts = await Task.WhenAll(ids.Select(rollout => RolloutViews.RolloutAsync(client, rollout, cancellationToken)));
        var result = instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? instance.ReadOutputAs<ReleaseRun>() : null;
        return new(
            id,
            key.Repository,
            key.Tag,
            result?.Phase ?? RolloutViews.PhaseOf(instance.RuntimeStatus),
            result?.Reason ?? instance.FailureDetails?.ErrorMessage,
            instance.CreatedAt,
            instance.LastUpdatedAt,
            [.. rollouts.OfType<RolloutView>()]);
    }
}
