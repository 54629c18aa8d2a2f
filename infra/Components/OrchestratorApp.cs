using Orchestrator.Infra.AzureNative.KeyVault;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Orchestrator.Infra.AzureNative.Resources;
using Orchestrator.Infra.AzureNative.Storage;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>
/// What the stack's own orchestrator lives in: identity, storage, vault, telemetry. It is inside the stack's cloud, because a
/// managed identity of one cloud cannot sign in to the other. The function app itself is <see cref="FunctionApp"/>.
/// </summary>
internal sealed class OrchestratorApp : ComponentResource
{
    public const string WebhookSecretName = "github-webhook-secret";
    public const string PrivateKeyName = "github-private-key";
    public const string PackageContainer = "packages";

    private readonly Place place;

    public OrchestratorApp(StackContext context, OurRoles roles, GitHubSecrets gitHub, ComponentResourceOptions options)
        : base("dualstack:index:Orchestrator", $"{context.Stack.Name}-orchestrator", options)
    {
        var region = context.Stack.Orchestrator.Region;
        var group = new ResourceGroup(
            $"{context.Stack.Name}-orchestrator-group",
            new() { ResourceGroupName = context.Names.SharedGroup, Location = region.Value, Tags = context.Tags(region) },
            new() { Parent = this });
        place = new(context, null, region, group.Name);
        Identity = new(
            place.Logical("identity"),
            new() { ResourceGroupName = group.Name, ResourceName = context.Names.Within("id", place.Parts), Location = region.Value, Tags = place.Tags() },
            new() { Parent = this });
        Observability = new(place, new() { Parent = this });
        Storage = DataStore.Create(place, "state", this);
        _ = new BlobContainer(
            place.Logical("packages"),
            new() { ResourceGroupName = group.Name, AccountName = Storage.Name, ContainerName = PackageContainer },
            new() { Parent = this });
        Vault = SecretStore.Create(place, this);
        Keep(WebhookSecretName, gitHub.WebhookSecret);
        Keep(PrivateKeyName, gitHub.PrivateKey);
        GrantAll(roles);
        RegisterOutputs();
    }

    public UserAssignedIdentity Identity { get; }

    public Observability Observability { get; }

    public StorageAccount Storage { get; }

    public Vault Vault { get; }

    public Place Place => place;

    private void Keep(string name, Output<string>? value)
    {
        if (value is null)
        {
            return;
        }

        _ = new Secret(
            place.Logical(name),
            new()
            {
                ResourceGroupName = place.Group,
                VaultName = Vault.Name,
                SecretName = name,
                Properties = new SecretPropertiesArgs { Value = Output.CreateSecret(value) },
            },
            new() { Parent = this });
    }

    private void GrantAll(OurRoles roles)
    {
        var subscription = place.Context.Names.SubscriptionId;
        Own("owns-blobs", Storage.Id, BuiltInRoles.StorageBlobDataOwner);
        Own("uses-queues", Storage.Id, BuiltInRoles.StorageQueueDataContributor);
        Own("uses-tables", Storage.Id, BuiltInRoles.StorageTableDataContributor);
        Own("reads-secrets", Vault.Id, BuiltInRoles.KeyVaultSecretsUser);
        Own("sends-telemetry", Observability.Telemetry.Id, BuiltInRoles.MonitoringMetricsPublisher);
        Grant.To(this, place.Logical("sees-subscription"), Output.Create(subscription), Identity, roles.SeesSubscription.Id);

        void Own(string name, Output<string> scope, string role) =>
            Grant.To(this, place.Logical(name), scope, Identity, BuiltInRoles.Id(subscription, role));
    }
}
