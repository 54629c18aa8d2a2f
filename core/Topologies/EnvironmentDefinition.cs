using System.Text.Json.Serialization;
using Orchestrator.Core.Analysis;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;

namespace Orchestrator.Core.Topologies;

/// <summary>A stage of a stack and how releases reach it.</summary>
/// <param name="Name">The environment's name.</param>
/// <param name="Waves">In rollout order: canary first, broad last.</param>
/// <param name="Rollout">How a candidate takes over in a region.</param>
/// <param name="Verification">What a candidate must show.</param>
/// <param name="Analysis">How a candidate is compared with its baseline.</param>
/// <param name="Lane">What a newer release does to those before it.</param>
/// <param name="Drift">What follows when something else runs than what was promoted.</param>
/// <param name="Approval">Whose approval a rollout needs before anything is changed; null for nobody's.</param>
/// <param name="Prereleases">Whether it takes prereleases.</param>
/// <param name="Gate">What a candidate's models must show; null for <see cref="GatePolicy.Default"/>.</param>
/// <param name="Continuous">How its models are verified after their promotion; null where they are not.</param>
public sealed record EnvironmentDefinition(
    EnvironmentName Name,
    IReadOnlyList<WaveDefinition> Waves,
    RolloutPolicy Rollout,
    VerificationPolicy Verification,
    AnalysisPolicy Analysis,
    LanePolicy Lane,
    DriftAction Drift,
    ApprovalPolicy? Approval = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Prereleases = false,
    GatePolicy? Gate = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ContinuousPolicy? Continuous = null)
{
    /// <summary>All regions, in wave order.</summary>
    [JsonIgnore]
    public IEnumerable<RegionDefinition> Regions => Waves.SelectMany(wave => wave.Regions);

    /// <summary>How long a rollout takes at least: all holds and bakes, one wave after the other.</summary>
    [JsonIgnore]
    public TimeSpan AtLeast =>
        Waves.Aggregate(TimeSpan.Zero, (sum, wave) => sum + wave.Bake) + (Rollout.Traffic.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Hold) * Waves.Count);

    /// <summary>This environment with what a release asks beyond its policies: stricter, never looser.</summary>
    public EnvironmentDefinition TightenedBy(RolloutDemand? rollout, VerificationDemand? verification) => this with
    {
        Waves = [.. Waves.Select(wave => wave.TightenedBy(rollout))],
        Rollout = Rollout.TightenedBy(rollout),
        Verification = Verification.TightenedBy(verification),
    };

    /// <summary>
    /// This environment for going back to an earlier release: at once, without steps, bakes or a person's promotion; and what goes
    /// wrong reaches no further than its region, as a rollback is not rolled back.
    /// </summary>
    public EnvironmentDefinition ForRollback() => this with
    {
        Waves = [.. Waves.Select(wave => wave with { Bake = TimeSpan.Zero })],
        Rollout = Rollout with { Traffic = [], Promotion = Promotion.Automatic, RollBack = RollbackScope.Region },
    };

    /// <summary>This environment with no other regions than these; null for all. A wave needs no more regions than it has left.</summary>
    public EnvironmentDefinition For(IReadOnlyList<RegionName>? regions) => regions is null
        ? this
        : this with
        {
            Waves = [.. Waves.Select(wave => wave with { Regions = [.. wave.Regions.Where(region => regions.Contains(region.Name))], MinHealthy = null }).Where(wave => wave.Regions.Count > 0)],
        };

    /// <summary>The region of that name, or null.</summary>
    public RegionDefinition? Find(RegionName region) => Regions.FirstOrDefault(candidate => candidate.Name == region);
}

/// <summary>Regions that are rolled out together.</summary>
/// <param name="Name">The wave's name.</param>
/// <param name="Regions">The regions; each is in exactly one wave of its environment.</param>
/// <param name="Bake">How long to watch after the wave before the next one begins.</param>
/// <param name="MaxParallel">At most so many regions at once; all of them when null.</param>
/// <param name="MinHealthy">At least so many regions have to succeed; fewer stop the rollout. All of them when null.</param>
public sealed record WaveDefinition(
    WaveName Name,
    IReadOnlyList<RegionDefinition> Regions,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Bake,
    int? MaxParallel = null,
    int? MinHealthy = null)
{
    /// <summary>How many regions have to succeed.</summary>
    [JsonIgnore]
    public int Needed => MinHealthy ?? Regions.Count;

    /// <summary>How many regions are rolled out at once.</summary>
    [JsonIgnore]
    public int AtOnce => MaxParallel ?? Regions.Count;

    /// <summary>This wave with what a release asks beyond it: longer bakes and fewer regions at once, never the reverse.</summary>
    public WaveDefinition TightenedBy(RolloutDemand? demand) => demand is null
        ? this
        : this with
        {
            Bake = Durations.Longer(Bake, demand.Bake),
            MaxParallel = demand.MaxParallel < AtOnce ? demand.MaxParallel : MaxParallel,
        };
}

/// <summary>An Azure region and the container app that serves it.</summary>
/// <param name="Name">The region's programmatic name.</param>
/// <param name="ResourceGroup">The resource group that holds the app.</param>
/// <param name="App">The container app: multiple-revision mode, ingress on.</param>
/// <param name="Models">What serves its models, where releases change them; null where they do not.</param>
public sealed record RegionDefinition(RegionName Name, ResourceGroupName ResourceGroup, ContainerAppName App, RegionModels? Models = null);
