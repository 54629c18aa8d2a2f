using System.Collections.Immutable;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Topologies;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>One of the separate worlds, whole: its environments with their regions, and the orchestrator that rolls releases out to them.</summary>
internal sealed class ModelStack : ComponentResource
{
    public ModelStack(StackConfiguration configuration, GitHubSecrets gitHub)
        : this(new StackContext(configuration), gitHub)
    {
    }

    private ModelStack(StackContext context, GitHubSecrets gitHub)
        : base("dualstack:index:ModelStack", context.Stack.Name.Value, new() { Provider = new AzureProvider(context) })
    {
        var roles = new OurRoles(context, new() { Parent = this });
        var orchestrator = new OrchestratorApp(context, roles, gitHub, new() { Parent = this });
        StackEnvironment[] environments = [.. context.Stack.Environments.Select(environment =>
            new StackEnvironment(context, environment, roles, orchestrator.Identity, new() { Parent = this }))];
        Topology = context.Stack.Credential is { } given
            ? Output.Create(TopologyOf(context, given))
            : orchestrator.Identity.ClientId.Apply(client => TopologyOf(context, new(CredentialKind.ManagedIdentity, Guid.Parse(client))));
        OrchestratorUrl = new FunctionApp(orchestrator, Topology, gitHub.AppId, new() { Parent = this }).Url;
        HealthEndpoints = Endpoints(context, environments);
        RegisterOutputs(new Dictionary<string, object?> { ["topology"] = Topology, ["healthEndpoints"] = HealthEndpoints });
    }

    /// <summary>What the function app reads: the stack in the form of <see cref="Core.Topologies.Topology"/>, as JSON.</summary>
    public Output<string> Topology { get; }

    /// <summary>The address of each region's health, by <c>environment/region</c>.</summary>
    public Output<ImmutableDictionary<string, string>> HealthEndpoints { get; }

    /// <summary>Where the stack's function app answers.</summary>
    public Output<string> OrchestratorUrl { get; }

    private static string TopologyOf(StackContext context, CredentialDefinition credential)
    {
        var stack = context.Stack;
        return TopologyJson.Write(new(
            stack.Repository,
            [
                new(
                    stack.Name,
                    stack.Cloud,
                    stack.TenantId,
                    stack.SubscriptionId,
                    credential,
                    [.. stack.Environments.Select(environment => new EnvironmentDefinition(
                        environment.Name,
                        [.. environment.Waves.Select(wave => new WaveDefinition(wave.Name, [.. wave.Regions.Select(region => Definition(context, environment, region))], wave.Bake, wave.MaxParallel, wave.MinHealthy))],
                        environment.Rollout,
                        environment.Verification,
                        environment.Analysis,
                        environment.Lane,
                        environment.Drift,
                        environment.Approval,
                        environment.Prereleases,
                        environment.Gate,
                        environment.Continuous))],
                    stack.MaxRegionsAtWork,
                    stack.Calendar,
                    stack.WeightsHub),
            ]));
    }

    private static RegionDefinition Definition(StackContext context, EnvironmentConfiguration environment, RegionConfiguration region) => new(
        region.Name,
        Core.Names.Identifier.Parse<Core.Names.ResourceGroupName>(context.Names.Group(environment.Name, region.Name)),
        Core.Names.Identifier.Parse<Core.Names.ContainerAppName>(ResourceNames.Gateway(region.Name)),
        RegionModelNames.Of(context, environment.Name, region));

    private static Output<ImmutableDictionary<string, string>> Endpoints(StackContext context, StackEnvironment[] environments)
    {
        var names = context.Stack.Environments.Zip(environments, (configuration, built) => built.Regions.Select(region => $"{configuration.Name}/{region.Name}")).SelectMany(all => all).ToArray();
        return Output.All(environments.SelectMany(environment => environment.Regions).Select(region => region.Region.HealthEndpoint))
            .Apply(addresses => names.Zip(addresses, KeyValuePair.Create).ToImmutableDictionary());
    }
}
