using Orchestrator.Core.Topologies;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The stack as far as it is needed to show what a crash does to it: small, so that many fit into a minute.</summary>
internal static class CrashStacks
{
    public const string Staging = "staging";
    public const string Production = "production";

    /// <summary>The stack with these environments alone, and in each of them these waves of regions.</summary>
    public static Func<Topology, Topology> Of(params (string Name, string[][] Waves)[] environments) => topology => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack with
        {
            Environments = [.. environments.Select(one => Of(stack.Environments.Single(environment => environment.Name.Value == one.Name), one.Waves))],
        })],
    };

    /// <summary>The same with a changed policy.</summary>
    public static Func<Topology, Topology> With(this Func<Topology, Topology> shape, string environment, Func<EnvironmentDefinition, EnvironmentDefinition> change) =>
        topology => World.Environment(CrashWorld.Stack, environment, change)(shape(topology));

    /// <summary>With limits that a slow process keeps: one that has just been started is slow, and that says nothing about the release.</summary>
    public static EnvironmentDefinition Patient(EnvironmentDefinition environment) => environment with
    {
        Rollout = environment.Rollout with { Limits = environment.Rollout.Limits with { Ready = TimeSpan.FromHours(1), Measure = TimeSpan.FromHours(1) } },
        Verification = environment.Verification with { MaxP95 = TimeSpan.FromMinutes(1), RequestTimeout = TimeSpan.FromMinutes(1) },
    };

    private static EnvironmentDefinition Of(EnvironmentDefinition environment, string[][] waves) => Patient(environment with
    {
        Waves = [.. waves.Select((regions, index) => environment.Waves[index] with
        {
            Regions = [.. regions.Select(name => environment.Regions.Single(region => region.Name.Value == name))],
        })],
    });
}
