using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;

namespace Orchestrator.Local.Demo;

/// <summary>The two stacks of the demo: the real ones' shape, with bakes of a second instead of a day.</summary>
internal static class DemoTopology
{
    public const string UsClosed = "us-closed";
    public const string ChinaOpen = "china-open";

    public static readonly IReadOnlyList<string> Stacks = [UsClosed, ChinaOpen];

    public static readonly RepositoryName Repository = Identifier.Parse<RepositoryName>("contoso/assistant");

    // Staging, canary, broad. The broad ones are no pair: both of a pair at once would leave its users nowhere to go.
    private static readonly string[] UsRegions = ["eastus", "westcentralus", "eastus2", "westus3"];
    private static readonly string[] ChinaRegions = ["chinaeast2", "chinanorth2", "chinanorth3", "chinaeast3"];

    private static readonly TimeSpan Bake = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(500);

    /// <summary>The topology, each stack in the simulated cloud that it is given.</summary>
    public static Topology Of(SimulatedCloud usClosed, SimulatedCloud chinaOpen) => new(
        Repository,
        [
            Stack(UsClosed, usClosed, UsRegions),
            Stack(ChinaOpen, chinaOpen, ChinaRegions),
        ]);

    /// <summary>The regions of a stack.</summary>
    public static IReadOnlyList<string> RegionsOf(string stack) => stack == ChinaOpen ? ChinaRegions : UsRegions;

    private static StackDefinition Stack(string name, SimulatedCloud cloud, string[] regions) => new(
        Identifier.Parse<StackName>(name),
        cloud.Definition,
        cloud.TenantId,
        cloud.SubscriptionId,
        new(CredentialKind.ClientSecret, cloud.ClientId, cloud.SecretSetting),
        [
            Environment("staging", [Wave(name, "staging", "all", TimeSpan.Zero, regions[0])]),
            Environment("production", [Wave(name, "production", "canary", Bake, regions[1]), Wave(name, "production", "broad", Bake, regions[2..])]),
        ]);

    private static EnvironmentDefinition Environment(string name, WaveDefinition[] waves) => new(
        Identifier.Parse<EnvironmentName>(name),
        waves,
        new([new(10, Hold), new(50, Hold)], TimeSpan.FromSeconds(20), RollbackScope.Environment),
        VerificationPolicy.Default with { RequestTimeout = TimeSpan.FromSeconds(5), MaxP95 = TimeSpan.FromSeconds(1) });

    private static WaveDefinition Wave(string stack, string environment, string name, TimeSpan bake, params string[] regions) => new(
        Identifier.Parse<WaveName>(name),
        [.. regions.Select(region => new RegionDefinition(
            Identifier.Parse<RegionName>(region),
            Identifier.Parse<ResourceGroupName>($"rg-{stack}-{environment}-{region}"),
            Identifier.Parse<ContainerAppName>($"gateway-{region}")))],
        bake);
}
