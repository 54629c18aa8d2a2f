using Microsoft.DurableTask.Client;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Watch;

/// <summary>
/// Looks at every region and every lane, records what is found, and puts back what was promoted where policy says so. A rollout
/// under way is the master of its regions: they are left alone until it has ended.
/// </summary>
public sealed class Watcher(
    OrchestratorSettings settings,
    RegionWatch regions,
    FindingStore findings,
    LaneStore lanes,
    ReleaseStarter starter,
    TimeProvider time)
{
    private const int RegionsAtOnce = 16;

    /// <summary>One look at everything; the result is what has been found, by <c>stack/environment[/region]</c>.</summary>
    public async Task<IReadOnlyDictionary<string, Finding>> LookAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Finding>();
        foreach (var stack in settings.Topology.Stacks)
        {
            foreach (var environment in stack.Environments)
            {
                foreach (var (name, finding) in await LookAsync(client, stack, environment, cancellationToken))
                {
                    found.Add(name, finding);
                }
            }
        }

        return found;
    }

    private async Task<List<(string Name, Finding Finding)>> LookAsync(DurableTaskClient client, StackDefinition stack, EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        var found = new List<(string, Finding)>();
        var lane = await lanes.ReadAsync(stack.Name, environment.Name, cancellationToken);
        if (await findings.RecordAsync(stack.Name, environment.Name, await StuckAsync(client, lane, environment, cancellationToken), cancellationToken) is { } stuck)
        {
            found.Add(($"{stack.Name}/{environment.Name}", stuck));
        }

        if (lane.Running is not null)
        {
            return found;
        }

        await Parallel.ForEachAsync(
            environment.Regions,
            new ParallelOptions { MaxDegreeOfParallelism = RegionsAtOnce, CancellationToken = cancellationToken },
            async (region, token) =>
            {
                var target = new RegionTarget(stack.Name, environment.Name, region);
                var look = await regions.LookAsync(target, environment.Verification, token);
                if (await findings.RecordAsync(target, look.Finding, token) is not { } finding)
                {
                    return;
                }

                var repaired = await RepairAsync(client, target, environment, lane, finding, look.Release, token);
                lock (found)
                {
                    found.Add((target.ToString(), repaired));
                }
            });
        return found;
    }

    private async Task<Finding?> StuckAsync(DurableTaskClient client, Lane lane, EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        if (lane.Running is not { } running)
        {
            return null;
        }

        var rollout = await RolloutViews.RolloutAsync(client, running.Rollout, cancellationToken);
        return StuckWork.In(rollout, environment, time.GetUtcNow()) is { } detail ? new(FindingKind.Stuck, detail, time.GetUtcNow()) : null;
    }

    // Once for each finding: what comes back after a repair is for a person to look at.
    private async Task<Finding> RepairAsync(
        DurableTaskClient client,
        RegionTarget target,
        EnvironmentDefinition environment,
        Lane lane,
        Finding finding,
        string? release,
        CancellationToken cancellationToken)
    {
        if (environment.Drift != DriftAction.Repair
            || finding is not { Kind: FindingKind.Drift, RepairRun: null }
            || (lane.Halted ?? lane.Held) is not null
            || release is null
            || ReleaseTag.From(release) is not { } tag)
        {
            return finding;
        }

        var scope = new ReleaseScope(target.Stack, target.Environment, IsRollback: true, $"drift in {target}: {finding.Detail}");
        var run = await starter.StartAgainAsync(client, settings.Topology.Repository, tag, scope, cancellationToken);
        return await findings.NoteRepairAsync(target, finding with { RepairRun = run }, cancellationToken);
    }
}
