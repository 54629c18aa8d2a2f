using Orchestrator.Core.Configurations;
using Orchestrator.Infra.AzureNative.App;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Orchestrator.Infra.AzureNative.Resources;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>One region of one environment: all that serves there, in a resource group of its own.</summary>
internal sealed class Region : ComponentResource
{
    private const string AppEnvironments = "Microsoft.App/environments";
    private const string PaidByUse = "Consumption";

    public Region(StackContext context, EnvironmentConfiguration environment, RegionConfiguration region, OurRoles roles, UserAssignedIdentity orchestrator, ComponentResourceOptions options)
        : base("dualstack:index:Region", $"{context.Stack.Name}-{environment.Name}-{region.Name}", options)
    {
        var group = new ResourceGroup(
            $"{context.Stack.Name}-{environment.Name}-{region.Name}-group",
            new() { ResourceGroupName = context.Names.Group(environment.Name, region.Name), Location = region.Name.Value, Tags = context.Tags(region.Name, environment.Name) },
            new() { Parent = this });
        var place = new Place(context, environment.Name, region.Name, group.Name);
        var identity = new UserAssignedIdentity(
            place.Logical("identity"),
            new() { ResourceGroupName = group.Name, ResourceName = context.Names.Within("id-gateway", place.Parts), Location = region.Name.Value, Tags = place.Tags() },
            new() { Parent = this });
        var observability = new Observability(place, new() { Parent = this });
        var network = context.IsPrivate ? new PrivateNetwork(place, AppEnvironments, new() { Parent = this }) : null;
        var home = Home(place, network);
        observability.Collect("gateway", home.Id);
        var gateway = new GatewayApp(place, environment, region, home, identity, [.. Models(place, region, identity, orchestrator, observability, network, roles)], new() { Parent = this });
        HealthEndpoint = gateway.HealthEndpoint;
        Grant.To(this, place.Logical("orchestrator-watches"), group.Id, orchestrator, roles.Watches.Id);
        Grant.To(this, place.Logical("orchestrator-rolls-out"), gateway.App.Id, orchestrator, roles.RollsOut.Id);
        Grant.To(this, place.Logical("orchestrator-runs-in-environment"), home.Id, orchestrator, roles.RunsWith.Id);
        Grant.To(this, place.Logical("orchestrator-runs-with-identity"), identity.Id, orchestrator, roles.RunsWith.Id);
        RegisterOutputs(new Dictionary<string, object?> { ["healthEndpoint"] = HealthEndpoint });
    }

    /// <summary>The address of the region's health.</summary>
    public Output<string> HealthEndpoint { get; }

    private ManagedEnvironment Home(Place place, PrivateNetwork? network) => new(
        place.Logical("apps"),
        new()
        {
            ResourceGroupName = place.Group,
            EnvironmentName = place.Context.Names.Within("cae", place.Parts),
            Location = place.Region.Value,
            Tags = place.Tags(),
            AppLogsConfiguration = new AppLogsConfigurationArgs { Destination = "azure-monitor" },

            // Without a profile ARM makes the older kind of environment, which no delegated subnet takes.
            WorkloadProfiles = [new WorkloadProfileArgs { Name = PaidByUse, WorkloadProfileType = PaidByUse }],
            VnetConfiguration = network is null ? null : (Input<VnetConfigurationArgs>)new VnetConfigurationArgs { InfrastructureSubnetId = network.Apps, Internal = false },
        },
        new() { Parent = this });

    private IEnumerable<ModelAddress> Models(Place place, RegionConfiguration region, UserAssignedIdentity caller, UserAssignedIdentity orchestrator, Observability observability, PrivateNetwork? network, OurRoles roles)
    {
        if (region.ClosedModels.Count > 0)
        {
            var service = new ClosedModelService(place, region.ClosedModels, caller, orchestrator, network, roles, new() { Parent = this });
            foreach (var model in region.ClosedModels)
            {
                yield return new(model.Deployment, model.Version!, service.Endpoint, place.Context.Cloud.ModelTokenScope);
            }
        }

        if (region.OpenModels.Count > 0)
        {
            var service = new OpenModelService(place, region.OpenModels, caller, orchestrator, observability, network, roles, new() { Parent = this });
            foreach (var address in service.Addresses)
            {
                yield return address;
            }
        }
    }
}
