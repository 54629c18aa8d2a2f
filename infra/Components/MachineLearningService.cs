using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.MachineLearning;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Orchestrator.Infra.AzureNative.Storage;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>The machine learning workspace of a region that serves open models itself, and who it acts as.</summary>
internal sealed class MachineLearningService : ComponentResource
{
    public const string Kubernetes = "Kubernetes";

    private readonly Place place;
    private readonly Workspace workspace;
    private readonly Dictionary<(KubernetesClusterId Id, string Namespace), Compute> clusters = [];

    public MachineLearningService(Place place, StorageAccount weights, Observability observability, PrivateNetwork? network, ComponentResourceOptions options)
        : base("dualstack:index:MachineLearningService", place.Logical("machine-learning"), options)
    {
        this.place = place;
        Server = new(
            place.Logical("model-server"),
            new() { ResourceGroupName = place.Group, ResourceName = place.Context.Names.Within("id-models", place.Parts), Location = place.Region.Value, Tags = place.Tags() },
            new() { Parent = this });
        var vault = SecretStore.Create(place, this);
        network?.Reach("vault", vault.Id, "vault", place.Context.Cloud.VaultZone);
        workspace = new(
            place.Logical("workspace"),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = place.Context.Names.Unique("mlw", place.Parts),
                Location = place.Region.Value,
                Tags = place.Tags(),
                Sku = new SkuArgs { Name = "Basic" },
                Identity = new IdentityArgs { Type = "UserAssigned", UserAssignedIdentities = [Server.Id] },
                PrimaryUserAssignedIdentity = Server.Id,
                StorageAccount = weights.Id,
                KeyVault = vault.Id,
                ApplicationInsights = observability.Telemetry.Id,
                PublicNetworkAccess = place.Context.PublicAccess,
            },
            new() { Parent = this });
        var subscription = place.Context.Names.SubscriptionId;
        Grant.To(this, place.Logical("server-reads-weights"), weights.Id, Server, BuiltInRoles.Id(subscription, BuiltInRoles.StorageBlobDataReader));
        Grant.To(this, place.Logical("server-reads-secrets"), vault.Id, Server, BuiltInRoles.Id(subscription, BuiltInRoles.KeyVaultSecretsUser));
        RegisterOutputs();
    }

    /// <summary>Who the servers act as.</summary>
    public UserAssignedIdentity Server { get; }

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
}
