using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Configurations;
using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.App;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>A region's gateway: the container app that releases are rolled out to.</summary>
internal sealed class GatewayApp : ComponentResource
{
    private const int Port = 8080;
    private const int RevisionsKept = 20;
    private const int ProbePeriod = 10;
    private const int StartupFailures = 10;

    // Releases change these. What is written here is what a new region starts with.
    private static readonly string[] NotOurs = ["template", "configuration.ingress.traffic", "tags"];

    public GatewayApp(
        Place place,
        EnvironmentConfiguration environment,
        RegionConfiguration region,
        ManagedEnvironment home,
        UserAssignedIdentity identity,
        IReadOnlyList<ModelAddress> models,
        ComponentResourceOptions options)
        : base("dualstack:index:GatewayApp", place.Logical("gateway-app"), options)
    {
        var pulls = place.Context.Stack.Registry is { } registry
            ? Grant.To(this, place.Logical("gateway-pulls-images"), Output.Create(registry.Value), identity, BuiltInRoles.Id(place.Context.Names.SubscriptionId, BuiltInRoles.AcrPull))
            : null;
        App = new(
            place.Logical("gateway"),
            new()
            {
                ResourceGroupName = place.Group,
                ContainerAppName = ResourceNames.Gateway(region.Name),
                Location = place.Region.Value,
                Tags = place.Tags(),
                Identity = new IdentityArgs { Type = "UserAssigned", UserAssignedIdentities = [identity.Id] },
                EnvironmentId = home.Id,
                Configuration = new ConfigurationArgs
                {
                    ActiveRevisionsMode = "Multiple",
                    MaxInactiveRevisions = RevisionsKept,
                    Ingress = new IngressArgs { External = true, TargetPort = Port, Transport = "auto", AllowInsecure = false },
                    Registries = pulls is null ? [] : [new RegistryCredentialsArgs { Server = place.Context.Stack.Image.Registry, Identity = identity.Id }],
                },
                Template = new TemplateArgs
                {
                    RevisionSuffix = "baseline",
                    Scale = new ScaleArgs { MinReplicas = region.Replicas.Least, MaxReplicas = region.Replicas.Most },
                    Containers = [Container(place, environment, identity, models)],
                },
            },
            new() { Parent = this, IgnoreChanges = [.. NotOurs], DependsOn = pulls is null ? [] : [pulls] });
        HealthEndpoint = App.Configuration.Apply(configuration => $"https://{configuration.Ingress?.Fqdn}{environment.Verification.HealthPath}");
        RegisterOutputs();
    }

    public ContainerApp App { get; }

    /// <summary>The address of the region's health.</summary>
    public Output<string> HealthEndpoint { get; }

    private static ContainerArgs Container(Place place, EnvironmentConfiguration environment, UserAssignedIdentity identity, IReadOnlyList<ModelAddress> models) => new()
    {
        Name = "gateway",
        Image = place.Context.Stack.Image.Value,
        Resources = new ContainerResourcesArgs { Cpu = 1.0, Memory = "2Gi" },
        Env =
        [
            new EnvironmentVarArgs { Name = "AZURE_CLIENT_ID", Value = identity.ClientId },
            new EnvironmentVarArgs { Name = "STACK", Value = place.Context.Stack.Name.Value },
            new EnvironmentVarArgs { Name = "ENVIRONMENT", Value = environment.Name.Value },
            new EnvironmentVarArgs { Name = "MODELS", Value = Json(models) },
        ],
        Probes =
        [
            Probe("Startup", environment, StartupFailures),
            Probe("Readiness", environment, failures: 3),
            Probe("Liveness", environment, failures: 3),
        ],
    };

    private static ContainerAppProbeArgs Probe(string type, EnvironmentConfiguration environment, int failures) => new()
    {
        Type = type,
        HttpGet = new ContainerAppProbeHttpGetArgs { Path = environment.Verification.HealthPath, Port = Port },
        PeriodSeconds = ProbePeriod,
        TimeoutSeconds = Math.Clamp(int.Parse(environment.Verification.RequestTimeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), 1, 240),
        FailureThreshold = failures,
    };

    private static Output<string> Json(IReadOnlyList<ModelAddress> models) =>
        Output.All(models.Select(model => Output.Tuple(model.Endpoint, model.TokenEndpoint ?? Output.Create(string.Empty)))).Apply(addresses => JsonSerializer.Serialize(
            models.Zip(addresses, (model, address) => Entry(model, address.Item1, address.Item2))));

    private static Dictionary<string, string> Entry(ModelAddress model, string endpoint, string tokenEndpoint)
    {
        var entry = new Dictionary<string, string> { ["name"] = model.Name, ["identity"] = model.Identity, ["endpoint"] = endpoint, ["scope"] = model.TokenScope };
        if (tokenEndpoint.Length > 0)
        {
            entry["tokenEndpoint"] = tokenEndpoint;
        }

        return entry;
    }
}

/// <summary>Where a gateway finds a model.</summary>
/// <param name="Name">The name that requests carry.</param>
/// <param name="Identity">What answers: a closed model's version, the digest of open weights.</param>
/// <param name="Endpoint">Its address.</param>
/// <param name="TokenScope">What a token for it is asked for; empty when it takes none of Entra's.</param>
/// <param name="TokenEndpoint">What a POST with such a token gets the model's own token from; null when Entra's is taken as it is.</param>
internal sealed record ModelAddress(string Name, string Identity, Output<string> Endpoint, string TokenScope, Output<string>? TokenEndpoint = null);
