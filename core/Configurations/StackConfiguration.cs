using Orchestrator.Core.Analysis;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Freezes;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;

namespace Orchestrator.Core.Configurations;

/// <summary>A stack as its owners write it down, in <c>infra/Pulumi.STACK.yaml</c>: the one source of its regions, models and policies.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Repository">The repository whose releases are rolled out.</param>
/// <param name="Owner">Who answers for the stack: a mail address or a team.</param>
/// <param name="CostCentre">What its resources are charged to.</param>
/// <param name="Cloud">The cloud that all of the stack lives in.</param>
/// <param name="TenantId">The Entra tenant that issues the stack's tokens.</param>
/// <param name="SubscriptionId">The subscription that holds the stack's resources.</param>
/// <param name="Credential">How the orchestrator signs in; null for the managed identity that the program makes.</param>
/// <param name="Orchestrator">The stack's own function app.</param>
/// <param name="Image">The gateway's image that a new region starts with; releases replace it.</param>
/// <param name="Registry">The registry that images are pulled from with an identity; null for one that gives them to anybody.</param>
/// <param name="Network">Whether the stack's services are reachable from the internet.</param>
/// <param name="Compliance">What is declared to the regime that the stack runs under.</param>
/// <param name="Environments">In rollout order.</param>
/// <param name="MaxRegionsAtWork">At most so many regions are rolled out to at once, over all environments; null for no limit.</param>
/// <param name="Calendar">When nothing is rolled out; null for never.</param>
/// <param name="WeightsHub">Where open weights are fetched from; null when releases bring none.</param>
public sealed record StackConfiguration(
    StackName Name,
    RepositoryName Repository,
    string Owner,
    string CostCentre,
    CloudDefinition Cloud,
    Guid TenantId,
    Guid SubscriptionId,
    CredentialDefinition? Credential,
    OrchestratorConfiguration Orchestrator,
    ImageReference Image,
    ContainerRegistryId? Registry,
    NetworkKind Network,
    ComplianceConfiguration Compliance,
    IReadOnlyList<EnvironmentConfiguration> Environments,
    int? MaxRegionsAtWork,
    FreezeCalendar? Calendar,
    WeightsHubDefinition? WeightsHub)
{
    /// <summary>All regions with their environments, in rollout order.</summary>
    public IEnumerable<(EnvironmentConfiguration Environment, RegionConfiguration Region)> Regions =>
        Environments.SelectMany(environment => environment.Waves.SelectMany(wave => wave.Regions).Select(region => (environment, region)));

    /// <summary>Every Azure region that something of the stack is in, with where that stands in the document.</summary>
    public IEnumerable<(string Path, RegionName Name)> Places =>
        Regions.Select(place => (Path: $"{place.Region.Path}.name", place.Region.Name)).Append((Path: "$.orchestrator.region", Name: Orchestrator.Region));

    /// <summary>The closed models, each once, however many regions serve it.</summary>
    public IEnumerable<ClosedModelConfiguration> ClosedModels =>
        Regions.SelectMany(place => place.Region.ClosedModels).DistinctBy(model => model.Path);

    /// <summary>The open models, each once, however many regions serve it.</summary>
    public IEnumerable<OpenModelConfiguration> OpenModels =>
        Regions.SelectMany(place => place.Region.OpenModels).DistinctBy(model => model.Path);

    /// <summary>Whether the stack lives in Azure China.</summary>
    public bool IsInChina => Cloud.Name == CloudDefinition.AzureChina.Name;
}

/// <summary>The stack's own function app.</summary>
/// <param name="Region">Where it runs: inside the stack's cloud, as a managed identity of one cloud cannot sign in to the other.</param>
/// <param name="Package">The address of the app's package; null when it is deployed by other means.</param>
public sealed record OrchestratorConfiguration(RegionName Region, Uri? Package);

/// <summary>Whether services are reachable from the internet.</summary>
public enum NetworkKind
{
    /// <summary>They are; identities keep strangers out.</summary>
    Public,

    /// <summary>They are not: a virtual network and private endpoints in each region.</summary>
    Private,
}

/// <summary>A stage of the stack.</summary>
/// <param name="Name">The environment's name.</param>
/// <param name="IsProduction">Whether customers use it: some rules ask more of production.</param>
/// <param name="Waves">In rollout order.</param>
/// <param name="Rollout">How a candidate takes over in a region.</param>
/// <param name="Verification">What a candidate must show.</param>
/// <param name="Analysis">How a candidate is compared with its baseline.</param>
/// <param name="Lane">What a newer release does to those before it.</param>
/// <param name="Drift">What follows when something else runs than what was promoted.</param>
/// <param name="Approval">Whose approval a rollout needs before anything is changed; null for nobody's.</param>
/// <param name="Prereleases">Whether it takes prereleases.</param>
/// <param name="Gate">What a candidate's models must show; null for <see cref="GatePolicy.Default"/>.</param>
/// <param name="Continuous">How its models are verified after their promotion; null where they are not.</param>
public sealed record EnvironmentConfiguration(
    EnvironmentName Name,
    bool IsProduction,
    IReadOnlyList<WaveConfiguration> Waves,
    RolloutPolicy Rollout,
    VerificationPolicy Verification,
    AnalysisPolicy Analysis,
    LanePolicy Lane,
    DriftAction Drift,
    ApprovalPolicy? Approval,
    bool Prereleases,
    GatePolicy? Gate,
    ContinuousPolicy? Continuous = null);

/// <summary>Regions that are rolled out together.</summary>
/// <param name="Name">The wave's name.</param>
/// <param name="Regions">The regions.</param>
/// <param name="Bake">How long to watch after the wave before the next one begins.</param>
/// <param name="MaxParallel">At most so many regions at once; all of them when null.</param>
/// <param name="MinHealthy">At least so many regions have to succeed; all of them when null.</param>
public sealed record WaveConfiguration(
    WaveName Name,
    IReadOnlyList<RegionConfiguration> Regions,
    TimeSpan Bake,
    int? MaxParallel,
    int? MinHealthy);

/// <summary>A region and what serves there.</summary>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Name">The region's programmatic name.</param>
/// <param name="Replicas">The least and the most replicas of the gateway.</param>
/// <param name="ClosedModels">Closed models, as deployments of the region's own account.</param>
/// <param name="OpenModels">Open weights, served by ourselves.</param>
public sealed record RegionConfiguration(
    string Path,
    RegionName Name,
    ReplicaRange Replicas,
    IReadOnlyList<ClosedModelConfiguration> ClosedModels,
    IReadOnlyList<OpenModelConfiguration> OpenModels);

/// <summary>The least and the most replicas.</summary>
/// <param name="Least">At least so many, 0 to 1,000.</param>
/// <param name="Most">At most so many, 1 to 1,000.</param>
public sealed record ReplicaRange(int Least, int Most)
{
    /// <summary>One to ten.</summary>
    public static ReplicaRange Default { get; } = new(1, 10);
}
