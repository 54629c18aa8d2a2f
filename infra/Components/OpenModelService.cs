using Orchestrator.Core.Configurations;
using Orchestrator.Core.Topologies;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Orchestrator.Infra.AzureNative.Storage;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>A region's open models: storage for their weights, and what serves them, in Azure Machine Learning or elsewhere.</summary>
internal sealed class OpenModelService : ComponentResource
{
    public OpenModelService(
        Place place,
        IReadOnlyList<OpenModelConfiguration> models,
        UserAssignedIdentity caller,
        UserAssignedIdentity orchestrator,
        Observability observability,
        PrivateNetwork? network,
        OurRoles roles,
        ComponentResourceOptions options)
        : base("dualstack:index:OpenModelService", place.Logical("open-models"), options)
    {
        Weights = DataStore.Create(place, RegionModelNames.Weights, this);
        _ = new BlobContainer(
            place.Logical("weights", "container"),
            new() { ResourceGroupName = place.Group, AccountName = Weights.Name, ContainerName = RegionModels.WeightsContainer },
            new() { Parent = this });
        network?.Reach("weights", Weights.Id, "blob", place.Context.Cloud.Zones.Blob);
        Grant.To(this, place.Logical("orchestrator-stages-weights"), Weights.Id, orchestrator, BuiltInRoles.Id(place.Context.Names.SubscriptionId, BuiltInRoles.StorageBlobDataContributor));

        var ownServers = models.Where(model => model.Serving == ServingKind.Azureml).ToArray();
        var workspace = ownServers.Length == 0 ? null : new MachineLearningService(place, ownServers.Any(model => model.Cluster is null), Weights, observability, network, new() { Parent = this });
        if (workspace is not null)
        {
            Grant.To(this, place.Logical("gateway-asks-open-models"), workspace.Id, caller, roles.AsksModels.Id);
            Grant.To(this, place.Logical("orchestrator-asks-open-models"), workspace.Id, orchestrator, roles.AsksModels.Id);
            Grant.To(this, place.Logical("orchestrator-changes-open-models"), workspace.Id, orchestrator, roles.ChangesOpenModels.Id);
        }

        Addresses = [.. models.Select(model => model.Serving == ServingKind.External
            ? new(model.Name, model.Weights.Digest!.Value, Output.Create(model.Endpoint!.ToString()), string.Empty)
            : new OpenModelEndpoint(place, model, workspace!, new() { Parent = this }).Address)];
        RegisterOutputs();
    }

    public StorageAccount Weights { get; }

    /// <summary>Where each model answers.</summary>
    public IReadOnlyList<ModelAddress> Addresses { get; }
}
