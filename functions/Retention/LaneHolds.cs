using Microsoft.DurableTask.Client;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Retention;

/// <summary>Finds what the lanes still need: who runs and who waits, what was promoted, and what that would go back to.</summary>
/// <param name="lanes">The lanes.</param>
/// <param name="starter">Who knows the attempts that were made.</param>
/// <param name="settings">The stacks.</param>
public sealed class LaneHolds(LaneStore lanes, ReleaseStarter starter, OrchestratorSettings settings)
{
    /// <summary>What must not be purged, whatever its age.</summary>
    internal async Task<HeldRuns> ReadAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var rollouts = new Dictionary<string, string>();
        var tags = new Dictionary<ReleaseTag, string>();
        foreach (var (stack, environment) in settings.Topology.Stacks.SelectMany(stack => stack.Environments.Select(environment => (stack, environment))))
        {
            var where = $"{stack.Name}/{environment.Name}";
            var lane = await lanes.ReadAsync(stack.Name, environment.Name, cancellationToken);
            foreach (var ticket in lane.Queue.Concat(lane.Running is { } running ? [running] : []))
            {
                rollouts.TryAdd(ticket.Rollout, $"it is in the lane of {where}");
            }

            if (lane.Promoted is { Tag: var promoted })
            {
                tags.TryAdd(promoted, $"{promoted} runs in {where}");
                foreach (var baseline in await BaselinesAsync(client, promoted, stack, environment, cancellationToken))
                {
                    tags.TryAdd(baseline, $"{baseline} is what {where} would go back to");
                }
            }
        }

        return new(rollouts, tags);
    }

    // What ran in the regions before each attempt that promoted the release.
    private async Task<IEnumerable<ReleaseTag>> BaselinesAsync(DurableTaskClient client, ReleaseTag promoted, StackDefinition stack, EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        var baselines = new HashSet<ReleaseTag>();
        var next = await starter.NextAsync(client, settings.Topology.Repository, promoted, cancellationToken);
        foreach (var attempt in Enumerable.Range(ReleaseKey.OfPrerelease, next.Attempt))
        {
            if (await client.GetInstanceAsync((next with { Attempt = attempt }).Rollout(stack.Name, environment.Name), getInputsAndOutputs: true, cancellationToken)
                is { RuntimeStatus: OrchestrationRuntimeStatus.Completed } rollout)
            {
                var names = rollout.ReadOutputAs<EnvironmentRun>()!.Regions.Select(run => run.Baseline?.Release).OfType<string>();
                baselines.UnionWith(names.Select(ReleaseTag.From).OfType<ReleaseTag>());
            }
        }

        return baselines;
    }
}

/// <summary>What must not be purged, each with the reason.</summary>
/// <param name="Rollouts">Rollouts, by their ids.</param>
/// <param name="Tags">Releases, with all their attempts.</param>
internal sealed record HeldRuns(IReadOnlyDictionary<string, string> Rollouts, IReadOnlyDictionary<ReleaseTag, string> Tags)
{
    /// <summary>Why a release's run is kept; null when it need not be.</summary>
    public string? Why(ReleaseKey key, IEnumerable<string> rollouts) =>
        Tags.GetValueOrDefault(key.Tag) ?? rollouts.Select(Rollouts.GetValueOrDefault).FirstOrDefault(why => why is not null);
}
