using Orchestrator.Core.Topologies;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Local.Demo;

/// <summary>
/// The least time that a rollout could have taken: the longest chain of waits that the sandbox imposed and of holds and bakes that
/// policy asks for. What a rollout took beyond it is the orchestrator's own.
/// </summary>
internal static class CriticalPath
{
    /// <summary>The critical path of one stack's way through all its environments, each of its regions being in one of them.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cloud">Its cloud in the sandbox.</param>
    /// <param name="waits">What the sandbox imposed since the release was published.</param>
    public static TimeSpan Of(StackDefinition stack, string cloud, IReadOnlyList<SimulatedWait> waits)
    {
        var byPlace = waits.ToLookup(wait => wait.Place);
        ILookup<WaveDefinition, IReadOnlyList<SimulatedWait>> byWave = stack.Environments
            .SelectMany(environment => environment.Waves)
            .SelectMany(wave => wave.Regions.Select(region => (Wave: wave, Waits: byPlace[$"{cloud}/{region.Name}"].ToArray())))
            .ToLookup(region => region.Wave, IReadOnlyList<SimulatedWait> (region) => region.Waits);
        var first = byWave.Select(wave => Begin(wave)).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var reading = Union(byPlace["github"].Where(wait => wait.End <= first));
        return stack.Environments.Aggregate(reading, (sum, environment) => sum + Of(environment, byWave));
    }

    private static TimeSpan Of(EnvironmentDefinition environment, ILookup<WaveDefinition, IReadOnlyList<SimulatedWait>> byWave)
    {
        var holds = environment.Rollout.Traffic.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Hold);
        var total = TimeSpan.Zero;
        foreach (var (index, wave) in environment.Waves.Index())
        {
            // What a region still waits for after that is tidied up in all waves at once: the last one's counts.
            var end = index + 1 < environment.Waves.Count ? Begin(byWave[environment.Waves[index + 1]]) : DateTimeOffset.MaxValue;
            total += byWave[wave].Max(region => Union(region.Where(wait => wait.Start < end))) + holds + wave.Bake;
        }

        return total;
    }

    private static DateTimeOffset Begin(IEnumerable<IReadOnlyList<SimulatedWait>> regions) =>
        regions.SelectMany(region => region).Select(wait => wait.Start).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

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
