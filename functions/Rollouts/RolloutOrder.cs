using Orchestrator.Core.Names;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Rollouts;

/// <summary>The order to take a candidate through one environment.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment as it was defined when the release was read, tightened by the release.</param>
/// <param name="Candidate">What.</param>
/// <param name="MaxRegionsAtWork">At most so many regions of the stack at once; null for no limit.</param>
/// <param name="IsHeldByFreezes">Whether it begins no further wave when a freeze begins while it is under way.</param>
public sealed record RolloutOrder(StackName Stack, EnvironmentDefinition Environment, Candidate Candidate, int? MaxRegionsAtWork, bool IsHeldByFreezes = false)
{
    /// <summary>What was planned when it began, where that is written to GitHub; null elsewhere.</summary>
    public PlanNote? Plan { get; init; }

    /// <summary>Why the environment does not take what is rolled out; null when it does. Who goes back goes back to what ran there.</summary>
    public string? NotTaken() => Candidate is { IsPrerelease: true, IsRollback: false } && !Environment.Prereleases ? $"{Environment.Name} takes no prereleases" : null;

    /// <summary>Whether the same may run there already, since it was a prerelease.</summary>
    public bool MayBeThere() => Environment.Prereleases && Candidate is { IsPrerelease: false, IsRollback: false, Key.Attempt: ReleaseKey.OfRelease };

    /// <summary>The order for one of the environment's regions.</summary>
    public RegionOrder For(RegionDefinition region) => new(
        new(Stack, Environment.Name, region),
        Candidate,
        Environment.Rollout,
        Environment.Verification,
        Environment.Analysis,
        MaxRegionsAtWork)
    {
        Plan = Plan,
        Gate = Environment.Gate,
    };
}

/// <summary>The order to take a candidate through a stack, environment by environment.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environments">Its environments, in order, as they were defined when the release was read, tightened by the release.</param>
/// <param name="Candidate">What.</param>
/// <param name="MaxRegionsAtWork">At most so many regions of the stack at once; null for no limit.</param>
/// <param name="IsHeldByFreezes">Whether it begins no further wave when a freeze begins while it is under way.</param>
public sealed record StackOrder(StackName Stack, IReadOnlyList<EnvironmentDefinition> Environments, Candidate Candidate, int? MaxRegionsAtWork, bool IsHeldByFreezes = false)
{
    /// <summary>The order for one of the environments.</summary>
    public RolloutOrder For(EnvironmentDefinition environment) => new(Stack, environment, Candidate, MaxRegionsAtWork, IsHeldByFreezes);
}
