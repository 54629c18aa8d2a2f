using Orchestrator.Core.Topologies;
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
    /// <param name="waits">What the sandbox imposed since the release was published.</param>
    public static TimeSpan Of(StackDefinition stack, string cloud, IReadOnlyList<SimulatedWait> waits)
    {
        var regions = stack.Environments.SelectMany(environment => environment.Regions).Select(region => $"{cloud}/{region.Name}").ToHashSet();
        var first = waits.Where(wait => regions.Contains(wait.Place)).Select(wait => wait.Start).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var reading = Union(waits.Where(wait => wait.Place == "github" && wait.End <= first));
        return stack.Environments
            .SelectMany(environment => environment.Waves.Select(wave => Of(environment, wave, cloud, waits)))
            .Aggregate(reading, (sum, wave) => sum + wave);
    }

    private static TimeSpan Of(EnvironmentDefinition environment, WaveDefinition wave, string cloud, IReadOnlyList<SimulatedWait> waits)
    {
        var holds = environment.Rollout.Traffic.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Hold);
        return wave.Regions.Max(region => Union(waits.Where(wait => wait.Place == $"{cloud}/{region.Name}"))) + holds + wave.Bake;
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
