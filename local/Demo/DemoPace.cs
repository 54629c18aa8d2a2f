using Orchestrator.Core.Topologies;

namespace Orchestrator.Local.Demo;

/// <summary>The same stacks at a pace that a person can watch: bakes of a second where there are hours, holds of half a second.</summary>
internal static class DemoPace
{
    private static readonly TimeSpan Bake = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Measure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Ready = TimeSpan.FromSeconds(20);

    public static Topology Of(Topology topology) => With(topology, Bake, Hold, Ready);

    /// <summary>The stacks with these times; what takes no time goes on taking none.</summary>
    public static Topology With(Topology topology, TimeSpan bake, TimeSpan hold, TimeSpan ready) => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack with
        {
            // It is shown on holidays too.
            Calendar = null,
            Environments = [.. stack.Environments.Select(environment => environment with
            {
                Waves = [.. environment.Waves.Select(wave => wave with { Bake = wave.Bake == TimeSpan.Zero ? wave.Bake : bake })],
                Rollout = environment.Rollout with
                {
                    Traffic = [.. environment.Rollout.Traffic.Select(step => step with { Hold = step.Hold == TimeSpan.Zero ? step.Hold : hold })],
                    Limits = environment.Rollout.Limits with { Ready = ready, Measure = Measure },
                },
            })],
        })],
    };
}
