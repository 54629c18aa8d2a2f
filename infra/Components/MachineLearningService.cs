using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.Authorization;
using Orchestrator.Infra.AzureNative.KeyVault;
using Orchestrator.Infra.AzureNative.MachineLearning;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Orchestrator.Infra.AzureNative.Storage;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>The machine learning workspace of a region that serves open models itself, and who the servers act as.</summary>
internal sealed class MachineLearningService : ComponentResource
{
    public const string Kubernetes = "Kubernetes";

    private readonly Place place;
    private readonly Workspace workspace;
    private readonly Dictionary<(KubernetesClusterId Id, string Namespace), Compute> clusters = [];

    public MachineLearningService(Place place, bool hasMachines, StorageAccount weights, Observability observability, PrivateNetwork? network, ComponentResourceOptions options)
        : base("dualstack:index:MachineLearningService", place.Logical("machine-learning"), options)
    {
        this.place = place;
        Weights = weights;
        Server = Identity("model-server", "id-models");
        var vault = SecretStore.Create(place, this);
        network?.Reach("vault", vault.Id, "vault", place.Context.Cloud.Zones.Vault);
        var keeper = Identity("workspace-identity", "id-workspace");
        var isClosed = hasMachines && place.Context.IsPrivate;
        workspace = new(
            place.Logical("workspace"),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = RegionModelNames.Workspace(place.Context.Names, place.Parts),
                Location = place.Region.Value,
                Tags = place.Tags(),
                Sku = new SkuArgs { Name = "Basic" },
                Identity = new IdentityArgs { Type = "UserAssigned", UserAssignedIdentities = [keeper.Id] },
                PrimaryUserAssignedIdentity = keeper.Id,
                StorageAccount = weights.Id,
                SystemDatastoresAuthMode = "identity",
                KeyVault = vault.Id,
                ApplicationInsights = observability.Telemetry.Id,
                PublicNetworkAccess = place.Context.PublicAccess,
                ManagedNetwork = isClosed ? (Input<ManagedNetworkSettingsArgs>)Closed() : null,
                ProvisionNetworkNow = isClosed ? (Input<bool>)true : null,
            },
            new() { Parent = this, DependsOn = Keeping(keeper, vault, observability, isClosed) });
        network?.Reach("models", workspace.Id, "amlworkspace", place.Context.Cloud.Zones.MachineLearning);
        Needed = [Grant.To(this, place.Logical("server-reads-weights"), weights.Id, Server, BuiltIn(BuiltInRoles.StorageBlobDataReader))];
        if (place.Context.Stack.Registry is { } registry)
        {
            Needed = [.. Needed, Grant.To(this, place.Logical("server-pulls-images"), Output.Create(registry.Value), Server, BuiltIn(BuiltInRoles.AcrPull))];
        }

        RegisterOutputs();
    }

    /// <summary>Who the servers act as: they read weights and pull images, nothing else.</summary>
    public UserAssignedIdentity Server { get; }

    /// <summary>What a server must have been given before it starts.</summary>
    public IReadOnlyList<Resource> Needed { get; }

    /// <summary>Where the weights are.</summary>
    public StorageAccount Weights { get; }

    public Output<string> Id => workspace.Id;

    public Output<string> Name => workspace.Name;

    /// <summary>The cluster, attached to the workspace: once, however many models run there.</summary>
    public Compute Attached(ClusterConfiguration cluster)
    {
        if (clusters.TryGetValue((cluster.Id, cluster.Namespace), out var known))
        {
            return known;
        }

        // At most 16 characters.
        var name = $"k8s-{place.Context.Names.Digest("k8s", [.. place.Parts, cluster.Id.Value, cluster.Namespace])}";
        return clusters[(cluster.Id, cluster.Namespace)] = new(
            place.Logical(name),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = workspace.Name,
                ComputeName = name,
                Location = place.Region.Value,
                Tags = place.Tags(),
                Identity = new IdentityArgs { Type = "UserAssigned", UserAssignedIdentities = [Server.Id] },
                Properties = new KubernetesArgs
                {
                    ComputeType = Kubernetes,
                    ResourceId = cluster.Id.Value,
                    DisableLocalAuth = true,
                    Properties = new KubernetesPropertiesArgs { Namespace = cluster.Namespace },
                },
            },
            new() { Parent = this });
    }

    // Azure adds the workspace's own storage and vault to what the machines reach. Images are in the stack's registry.
    // Source: Azure Machine Learning, workspace managed virtual network isolation, and its page in Azure China's documentation.
    private ManagedNetworkSettingsArgs Closed() => new()
    {
        IsolationMode = "AllowOnlyApprovedOutbound",
        OutboundRules = new()
        {
            ["images"] = new PrivateEndpointOutboundRuleArgs
            {
                Type = "PrivateEndpoint",
                Category = "UserDefined",
                Destination = new PrivateEndpointDestinationArgs { ServiceResourceId = place.Context.Stack.Registry!.Value, SubresourceTarget = "registry" },
            },
        },
    };

    // What a workspace must be able to do to the resources that are its own, and to no others. Source: Azure Machine Learning, service
    // authentication, roles of a workspace's user-assigned identity.
    private InputList<Resource> Keeping(UserAssignedIdentity keeper, Vault vault, Observability observability, bool isClosed)
    {
        Resource[] always =
        [
            Keep("storage", Weights.Id, BuiltInRoles.Contributor),
            Keep("blobs", Weights.Id, BuiltInRoles.StorageBlobDataContributor),
            Keep("vault", vault.Id, BuiltInRoles.Contributor),
            Keep("secrets", vault.Id, BuiltInRoles.KeyVaultAdministrator),
            Keep("telemetry", observability.Telemetry.Id, BuiltInRoles.Contributor),
        ];
        return isClosed ? [.. always, Keep("way-to-images", Output.Create(place.Context.Stack.Registry!.Value), BuiltInRoles.NetworkConnectionApprover)] : always;

        RoleAssignment Keep(string what, Output<string> scope, string role) => Grant.To(this, place.Logical("workspace-keeps", what), scope, keeper, BuiltIn(role));
    }

    private string BuiltIn(string role) => BuiltInRoles.Id(place.Context.Names.SubscriptionId, role);

    private UserAssignedIdentity Identity(string name, string kind) => new(
        place.Logical(name),
        new() { ResourceGroupName = place.Group, ResourceName = place.Context.Names.Within(kind, place.Parts), Location = place.Region.Value, Tags = place.Tags() },
        new() { Parent = this });
}
