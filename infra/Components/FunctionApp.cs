using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.Web;
using Orchestrator.Infra.Clouds;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>The function app that rolls releases out to this stack. Secrets are references to the vault; no key is anywhere.</summary>
internal sealed class FunctionApp : ComponentResource
{
    private const string HealthPath = "/api/health";
    private const string Runtime = "dotnet-isolated";
    private const string RuntimeVersion = "10.0";
    private const string PackageName = "app.zip";
    private const int InstanceMemory = 2048;
    private const int MostInstances = 40;

    public FunctionApp(OrchestratorApp home, Output<string> topology, string? gitHubAppId, ComponentResourceOptions options)
        : base("dualstack:index:FunctionApp", home.Place.Logical("function-app"), options)
    {
        var place = home.Place;
        var flex = place.Context.Cloud.FunctionsPlan == FunctionsPlan.Flex;
        var network = place.Context.IsPrivate
            ? new PrivateNetwork(place, flex ? "Microsoft.App/environments" : "Microsoft.Web/serverFarms", new() { Parent = this })
            : null;
        var zones = place.Context.Cloud.Zones;
        network?.Reach("blobs", home.Storage.Id, "blob", zones.Blob);

        // The durable engine keeps its work in queues and its history in tables.
        network?.Reach("queues", home.Storage.Id, "queue", zones.Queue);
        network?.Reach("tables", home.Storage.Id, "table", zones.Table);
        network?.Reach("vault", home.Vault.Id, "vault", zones.Vault);
        var plan = new AppServicePlan(
            place.Logical("plan"),
            new()
            {
                ResourceGroupName = place.Group,
                Name = place.Context.Names.Within("plan", place.Parts),
                Location = place.Region.Value,
                Tags = place.Tags(),
                Kind = flex ? "functionapp" : "elastic",
                Reserved = true,
                Sku = flex ? new SkuArgs { Name = "FC1", Tier = "FlexConsumption" } : new SkuArgs { Name = "EP1", Tier = "ElasticPremium" },
            },
            new() { Parent = this });
        var app = new WebApp(
            place.Logical("app"),
            new()
            {
                ResourceGroupName = place.Group,
                Name = place.Context.Names.Host("func", place.Parts),
                Location = place.Region.Value,
                Tags = place.Tags(),
                Kind = "functionapp,linux",
                Identity = new IdentityArgs { Type = "UserAssigned", UserAssignedIdentities = [home.Identity.Id] },
                ServerFarmId = plan.Id,
                HttpsOnly = true,
                KeyVaultReferenceIdentity = home.Identity.Id,
                VirtualNetworkSubnetId = network is null ? null : (Input<string>)network.Apps,
                SiteConfig = Site(home, topology, gitHubAppId, flex),
                FunctionAppConfig = flex ? FlexConfig(home) : null!,
            },
            new() { Parent = this });
        home.Observability.Collect("function-app", app.Id);
        Url = Output.Format($"https://{app.DefaultHostName}");
        RegisterOutputs(new Dictionary<string, object?> { ["url"] = Url });
    }

    /// <summary>Where the app answers.</summary>
    public Output<string> Url { get; }

    private static SiteConfigArgs Site(OrchestratorApp home, Output<string> topology, string? gitHubAppId, bool flex)
    {
        var settings = new InputList<NameValuePairArgs>();
        Add("Orchestrator__Topology", topology);
        Add("Orchestrator__Stacks", home.Place.Context.Stack.Name.Value);
        Add("GitHub__WebhookSecret", Reference(home, OrchestratorApp.WebhookSecretName));
        Add("GitHub__PrivateKey", Reference(home, OrchestratorApp.PrivateKeyName));
        Add("GitHub__AppId", gitHubAppId ?? string.Empty);
        Add("AZURE_CLIENT_ID", home.Identity.ClientId);
        Add("AzureWebJobsStorage__credential", "managedidentity");
        Add("AzureWebJobsStorage__clientId", home.Identity.ClientId);
        Add("AzureWebJobsStorage__blobServiceUri", home.Storage.PrimaryEndpoints.Apply(endpoints => endpoints.Blob));
        Add("AzureWebJobsStorage__queueServiceUri", home.Storage.PrimaryEndpoints.Apply(endpoints => endpoints.Queue));
        Add("AzureWebJobsStorage__tableServiceUri", home.Storage.PrimaryEndpoints.Apply(endpoints => endpoints.Table));
        Add("APPLICATIONINSIGHTS_CONNECTION_STRING", home.Observability.Telemetry.ConnectionString);
        Add("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", Output.Format($"Authorization=AAD;ClientId={home.Identity.ClientId}"));
        if (!flex)
        {
            // Flex Consumption takes these from functionAppConfig and refuses them here.
            Add("FUNCTIONS_EXTENSION_VERSION", "~4");
            Add("FUNCTIONS_WORKER_RUNTIME", Runtime);

            // Storage without keys has no file share for the app's files: it runs from a package, which its identity fetches.
            // Source: Storage considerations for Azure Functions, "Create an app without Azure Files".
            Add("WEBSITE_RUN_FROM_PACKAGE", home.Place.Context.Stack.Orchestrator.Package is { } package
                ? package.ToString()
                : home.Storage.PrimaryEndpoints.Apply(endpoints => $"{endpoints.Blob}{OrchestratorApp.PackageContainer}/{PackageName}"));
            Add("WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID", home.Identity.Id);
        }

        return new()
        {
            AppSettings = settings,
            HealthCheckPath = flex ? null! : HealthPath,
            MinTlsVersion = "1.2",
            FtpsState = "Disabled",
            Http20Enabled = true,
            LinuxFxVersion = flex ? null! : $"{Runtime.ToUpperInvariant()}|{RuntimeVersion}",
        };

        void Add(string name, Input<string> value) => settings.Add(new NameValuePairArgs { Name = name, Value = value });
    }

    private static FunctionAppConfigArgs FlexConfig(OrchestratorApp home) => new()
    {
        Runtime = new FunctionsRuntimeArgs { Name = Runtime, Version = RuntimeVersion },
        ScaleAndConcurrency = new FunctionsScaleAndConcurrencyArgs { InstanceMemoryMB = InstanceMemory, MaximumInstanceCount = MostInstances },
        Deployment = new FunctionsDeploymentArgs
        {
            Storage = new FunctionsDeploymentStorageArgs
            {
                Type = "blobContainer",
                Value = home.Storage.PrimaryEndpoints.Apply(endpoints => $"{endpoints.Blob}{OrchestratorApp.PackageContainer}"),
                Authentication = new FunctionsDeploymentStorageAuthenticationArgs { Type = "UserAssignedIdentity", UserAssignedIdentityResourceId = home.Identity.Id },
            },
        },
    };

    private static Output<string> Reference(OrchestratorApp home, string secret) =>
        home.Vault.Properties.Apply(properties => $"@Microsoft.KeyVault(SecretUri={properties.VaultUri.TrimEnd('/')}/secrets/{secret})");
}
