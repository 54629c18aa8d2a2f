using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Local.Demo;

/// <summary>
/// The least time that a rollout could have taken: the longest chain of waits that the sandbox imposed and of holds and bakes that
/// policy asks for. What a rollout took beyond it is the orchestrator's own.
/// </summary>
internal static class CriticalPath
{
    /// <summary>The critical path of one stack's way through all its environments.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cloud">Its cloud in the sandbox.</param>
    /// <param name="rollouts">Its rollouts, one for each environment, all of them succeeded.</param>
    /// <param name="waits">What the sandbox imposed since the release was published.</param>
    public static TimeSpan Of(StackDefinition stack, string cloud, IReadOnlyList<RolloutView> rollouts, IReadOnlyList<SimulatedWait> waits)
    {
        var byPlace = waits.ToLookup(wait => wait.Place);
        var reading = Union(byPlace["github"].Where(wait => wait.End <= rollouts[0].Rollout.StartedAt));
        return stack.Environments.Zip(rollouts).Aggregate(reading, (sum, pair) => sum + Of(pair.First, pair.Second, region => byPlace[$"{cloud}/{region}"]));
    }

    private static TimeSpan Of(EnvironmentDefinition environment, RolloutView rollout, Func<RegionName, IEnumerable<SimulatedWait>> waits)
    {
        var total = environment.AtLeast;
        IReadOnlyList<RegionRun> before = [];
        var until = rollout.Rollout.StartedAt;
        foreach (var regions in rollout.Waves.Select(wave => wave.Regions))
        {
            // Between waves the one before is verified again; and nothing follows in any region of a wave before its last one has been promoted.
            var begun = regions.SelectMany(region => waits(region.Region)).Select(wait => wait.Start).Where(start => start >= until).DefaultIfEmpty(until).Min();
            var promoted = regions.Max(region => region.Since);
            total += Longest(before, until, begun) + Longest(regions, begun, promoted);
            (before, until) = (regions, promoted);
        }

        // What comes after the last wave is done in the regions of all waves at once.
        return total + Longest(rollout.Waves.SelectMany(wave => wave.Regions), until, rollout.Rollout.UpdatedAt);

        TimeSpan Longest(IEnumerable<RegionRun> regions, DateTimeOffset from, DateTimeOffset to) =>
            regions.Select(region => Union(waits(region.Region).Where(wait => wait.Start >= from && wait.Start < to))).DefaultIfEmpty().Max();
    }

    // Waits that overlap are waited for once.
    private static TimeSpan Union(IEnumerable<SimulatedWait> waits)
    {
        var total = TimeSpan.Zero;
        var until = DateTimeOffset.MinValue;
        foreach (var wait in waits.OrderBy(wait => wait.Start))
        {
            var start = wait.Start > until ? wait.Start : until;
            if (wait.End > start)
            {
                total += wait.End - start;
                until = wait.End;
            }
        }

        return total;
    }
}
