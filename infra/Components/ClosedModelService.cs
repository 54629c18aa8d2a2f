using Orchestrator.Core.Configurations;
using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.CognitiveServices;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Pulumi;
using ModelDeployment = Orchestrator.Infra.AzureNative.CognitiveServices.Deployment;

namespace Orchestrator.Infra.Components;

/// <summary>A region's closed models: one account, and a deployment for each model with its version pinned.</summary>
internal sealed class ClosedModelService : ComponentResource
{
    public ClosedModelService(
        Place place,
        IReadOnlyList<ClosedModelConfiguration> models,
        UserAssignedIdentity caller,
        UserAssignedIdentity orchestrator,
        PrivateNetwork? network,
        OurRoles roles,
        ComponentResourceOptions options)
        : base("dualstack:index:ClosedModelService", place.Logical("closed-models"), options)
    {
        var name = RegionModelNames.Account(place.Context.Names, place.Parts);
        Account = new(
            place.Logical("account"),
            new()
            {
                ResourceGroupName = place.Group,
                AccountName = name,
                Location = place.Region.Value,
                Tags = place.Tags(),
                Kind = "AIServices",
                Sku = new SkuArgs { Name = "S0" },
                Properties = new AccountPropertiesArgs
                {
                    CustomSubDomainName = name,
                    DisableLocalAuth = true,
                    PublicNetworkAccess = place.Context.PublicAccess,
                    NetworkAcls = new NetworkRuleSetArgs { DefaultAction = place.Context.IsPrivate ? "Deny" : "Allow" },
                },
            },
            new() { Parent = this });

        // One at a time: an account refuses changes to two deployments at once with 409.
        ModelDeployment? before = null;
        foreach (var model in models)
        {
            before = Deploy(place, model, before);
        }

        network?.Reach("ai", Account.Id, "account", place.Context.Cloud.Zones.Account);
        Grant.To(this, place.Logical("gateway-asks-closed-models"), Account.Id, caller, BuiltInRoles.Id(place.Context.Names.SubscriptionId, BuiltInRoles.CognitiveServicesOpenAiUser));
        Grant.To(this, place.Logical("orchestrator-changes-closed-models"), Account.Id, orchestrator, roles.ChangesClosedModels.Id);
        Grant.To(this, place.Logical("orchestrator-asks-closed-models"), Account.Id, orchestrator, BuiltInRoles.Id(place.Context.Names.SubscriptionId, BuiltInRoles.CognitiveServicesOpenAiUser));
        RegisterOutputs();
    }

    public Account Account { get; }

    /// <summary>Where the models answer.</summary>
    public Output<string> Endpoint => Account.Properties.Apply(properties => properties.Endpoint);

    private ModelDeployment Deploy(Place place, ClosedModelConfiguration model, ModelDeployment? before) => new(
        place.Logical("model", model.Deployment),
        new()
        {
            ResourceGroupName = place.Group,
            AccountName = Account.Name,
            DeploymentName = model.Deployment,
            Tags = place.Tags(),
            Sku = new SkuArgs { Name = model.Sku, Capacity = model.Capacity },
            Properties = new DeploymentPropertiesArgs
            {
                Model = new DeploymentModelArgs { Format = model.Format, Name = model.Name, Version = model.Version! },

                // A provider's upgrade would change what was verified.
                VersionUpgradeOption = "NoAutoUpgrade",
            },
        },
        new() { Parent = this, DependsOn = before is null ? [] : [before] });
}
