using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Analysis;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.Outbound;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Rollouts.Activities;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>An online endpoint with one server, <c>blue</c>, as the infra program makes them, and what brings others to it.</summary>
internal sealed class OnlineWorld : IAsyncDisposable
{
    public const string Model = "qwen3.6-27b";

    /// <summary>Shorter than what Entra gives: the one expires while the other is still good.</summary>
    public static readonly TimeSpan EndpointTokenLife = TimeSpan.FromMinutes(10);

    private const string Version = "2025-12-01";
    private const string Group = "rg-online";
    private const string Workspace = "Microsoft.MachineLearningServices/workspaces/ml";
    private const string Endpoint = $"{Workspace}/onlineEndpoints/models";

    private readonly SandboxHost sandbox;
    private readonly StackConnection connection;
    private readonly ModelResources resources;
    private readonly OnlineTraffic traffic;

    private OnlineWorld(SandboxHost sandbox, SandboxCloud cloud, StackConnection connection)
    {
        this.sandbox = sandbox;
        this.connection = connection;
        Cloud = cloud;
        var stacks = new StackConnections([connection]);
        resources = new(stacks);
        Addresses = new(stacks);
        Probe = new(Addresses, TimeProvider.System);
        traffic = new(resources, stacks, TimeProvider.System);
        Servers = new(resources, Probe, traffic);
        Mirror = new(resources, traffic, new(stacks));
        Identity = new(resources, Probe, traffic);
        Target = new(connection.Stack.Name, Identifier.Parse<EnvironmentName>("staging"), new(
            Identifier.Parse<RegionName>(cloud.Options.Regions[0]),
            Identifier.Parse<ResourceGroupName>(Group),
            Identifier.Parse<ContainerAppName>("gateway"),
            new(null, "weights", [new(Model, ServingKind.Azureml, Accelerator, Workspace: "ml", OnlineEndpoint: "models")])));
    }

    public SandboxCloud Cloud { get; }

    public ModelAddresses Addresses { get; }

    public ModelProbe Probe { get; }

    /// <summary>Who compares a model with what was promoted.</summary>
    public ModelIdentity Identity { get; }

    public OnlineServers Servers { get; }

    public OnlineMirror Mirror { get; }

    public RegionTarget Target { get; }

    /// <summary>What the gateway asks that serves now: whichever server has the traffic.</summary>
    public ModelEntry Blue { get; private set; } = null!;

    private static AcceleratorConfiguration Accelerator => DemoStacks.Of(DemoStacks.ChinaOpen).Configuration.OpenModels.First().Accelerator;

    /// <param name="blue">The weights of the first server.</param>
    /// <param name="isOnCluster">Whether the endpoint is on a cluster, and so gives out tokens of its own.</param>
    /// <param name="time">The cloud's clock.</param>
    public static async Task<OnlineWorld> StartAsync(Sha256Digest blue, bool isOnCluster = false, TimeProvider? time = null)
    {
        var demo = DemoStacks.Of(DemoStacks.UsClosed);
        var options = SandboxStacks.Options(new());
        var sandbox = await SandboxHost.StartAsync(
            options with { TimeProvider = time ?? options.TimeProvider, Clouds = [.. options.Clouds.Select(one => one with { EndpointTokenLife = EndpointTokenLife })] },
            TestContext.Current.CancellationToken);
        var cloud = sandbox.Clouds[demo.Cloud];
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(sandbox.CertificateAuthorityPem);
        using var plain = StackPrograms.Connect(demo, cloud, roots);
        var stack = plain.Stack with { Cloud = plain.Stack.Cloud with { ModelSuffixes = cloud.ModelSuffixes } };
        var world = new OnlineWorld(sandbox, cloud, new(stack, cloud.Options.ClientSecret, () => OutboundHandlers.Create(roots)));
        await world.MakeAsync(blue, isOnCluster);
        return world;
    }

    /// <summary>An image of a server, by a digest of one digit.</summary>
    public static string Image(char digit) => $"contoso.azurecr.io/vllm@sha256:{new string(digit, 64)}";

    /// <summary>Lets the cloud know weights.</summary>
    public Sha256Digest Know(char digit)
    {
        var digest = Identifier.Parse<Sha256Digest>(new string(digit, 64));
        Cloud.Models.Add(SandboxModel.Open(Model, digest.Value));
        return digest;
    }

    /// <summary>The order to bring weights beside what an entry asks.</summary>
    public ModelOrder Order(ModelEntry now, Sha256Digest weights, WeightsServer? server = null, IReadOnlyList<ModelEntry>? known = null)
    {
        var pins = new ModelPins([], [new(Model, "Qwen/Qwen3.6-27B", Identifier.Parse<CommitSha>(new string('e', 40)), weights, 1_000, "Apache-2.0", server)]);
        var plan = ModelPlanner.Plan(Target.Region.Models!, pins, [now], known);
        plan.Rejection.ShouldBeNull();
        var candidate = new Candidate(
            new(DemoStacks.Repository, Identifier.Parse<ReleaseTag>("v1.1.0"), 1),
            Identifier.Parse<CommitSha>(new string('c', 40)),
            new("https://github.com/"),
            "1.1.0",
            DemoStacks.Of(DemoStacks.UsClosed).Configuration.Image,
            [Model],
            Probe: null,
            Pins: pins);
        var environment = DemoStacks.Of(DemoStacks.UsClosed).Configuration.Environments[0];
        return new(new(Target, candidate, RolloutPolicy.Default, environment.Verification, environment.Analysis) { Models = plan }, plan.Changes.ShouldHaveSingleItem());
    }

    /// <summary>Brings the model until it is there or has failed.</summary>
    public async Task<ModelReadiness> BringAsync(ModelOrder order)
    {
        while (true)
        {
            var readiness = await Servers.BringAsync(order, TestContext.Current.CancellationToken);
            if (readiness.State != Readiness.Progressing)
            {
                return readiness;
            }
        }
    }

    public Task RemoveAsync(ModelEntry retired, ModelEntry serving, bool isReplaced = true) => Servers.RemoveAsync(Target, retired, serving, isReplaced, TestContext.Current.CancellationToken);

    public Task SweepAsync(ModelEntry serving) => Servers.SweepAsync(Target, [serving], TestContext.Current.CancellationToken);

    /// <summary>A server as ARM has it; null when there is none.</summary>
    public Task<JsonObject?> ServerAsync(string name) => resources.ReadAsync(Target, $"{Endpoint}/deployments/{name}", Version, TestContext.Current.CancellationToken);

    /// <summary>A container as ARM has it; null when there is none.</summary>
    public async Task<JsonNode?> ContainerAsync(string id) =>
        (await resources.ReadAsync(Target, id[(id.IndexOf("/providers/", StringComparison.Ordinal) + "/providers/".Length)..], Version, TestContext.Current.CancellationToken))?["properties"];

    public async Task<string> TrafficAsync() => (await ReadAsync("traffic"))!.ToJsonString();

    /// <summary>Which server gets how many percent of copies; null when none are made.</summary>
    public async Task<string?> CopiesAsync() => (await ReadAsync("mirrorTraffic"))?.ToJsonString();

    /// <summary>Moves the endpoint to a cluster, as somebody else would.</summary>
    public Task MoveToClusterAsync() => resources.PutAsync(
        Target,
        Endpoint,
        Version,
        new() { ["location"] = Target.Region.Name.Value, ["kind"] = "Kubernetes", ["properties"] = new JsonObject { ["authMode"] = "AMLToken", ["traffic"] = new JsonObject { ["blue"] = 100 } } },
        TestContext.Current.CancellationToken);

    private async Task<JsonNode?> ReadAsync(string property) => (await resources.ReadAsync(Target, Endpoint, Version, TestContext.Current.CancellationToken))!["properties"]![property];

    /// <summary>What answers to an entry: the status, the model's name, and which server.</summary>
    public async Task<(int Status, string? Server)> AskAsync(ModelEntry entry)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ModelAddresses.ApiOf(ModelKind.Online, entry), "models"));
        request.Headers.Authorization = new("Bearer", await Addresses.TokenAsync(Target, entry, TestContext.Current.CancellationToken));
        foreach (var (name, value) in entry.Headers ?? new Dictionary<string, string>())
        {
            request.Headers.Add(name, value);
        }

        using var answer = await Addresses.ClientOf(Target).SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.Headers.TryGetValues(ModelPlanner.ServerHeader, out var server) ? server.Single() : null);
    }

    /// <summary>What the endpoint's own tokens are asked of.</summary>
    public string TokenEndpoint => new Uri(Cloud.ArmEndpoint, $"{connection.IdIn(Target.Region, Endpoint)}/token?api-version={Version}").ToString();

    /// <summary>What the models' own port answers to a token.</summary>
    public async Task<int> StatusOfAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ModelAddresses.ApiOf(ModelKind.Online, Blue), "models"));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await Addresses.ClientOf(Target).SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    /// <summary>What writes to the endpoint there were, in order.</summary>
    public IReadOnlyList<string> Watch()
    {
        var changes = new List<string>();
        sandbox.Changes.Changed = (change, _) => changes.Add($"{change.Kind.Split(' ')[0]} {change.Subject[(change.Subject.IndexOf("/onlineEndpoints/", StringComparison.OrdinalIgnoreCase) + 1)..]}");
        return changes;
    }

    /// <summary>Gives a server all of the endpoint's traffic.</summary>
    public Task GiveTrafficAsync(string server) => traffic.GiveAsync(Target, Endpoint, server, TestContext.Current.CancellationToken);

    /// <summary>Has requests copied to a server, as somebody else would.</summary>
    public Task CopyAsync(string server, int percent) => traffic.CopyAsync(Target, Endpoint, server, percent, TestContext.Current.CancellationToken);

    /// <summary>Puts a server as somebody else would.</summary>
    public Task PutServerAsync(string name, string weights, string? maker = null, string container = "container") => resources.PutAsync(Target, $"{Endpoint}/deployments/{name}", Version, ServerOf(weights, container, maker), TestContext.Current.CancellationToken);

    /// <summary>Says of a server who has made it, as somebody else would.</summary>
    public async Task TagServerAsync(string name, string? maker)
    {
        var found = (await ServerAsync(name)).ShouldNotBeNull();
        var properties = found["properties"]!.DeepClone().AsObject();
        properties.Remove("provisioningState");
        var body = new JsonObject
        {
            ["location"] = found["location"]!.DeepClone(),
            ["tags"] = maker is null ? null : new JsonObject { ["managed-by"] = maker },
            ["sku"] = found["sku"]!.DeepClone(),
            ["properties"] = properties,
        };
        await resources.PutAsync(Target, $"{Endpoint}/deployments/{name}", Version, body, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await sandbox.DisposeAsync();
    }

    private async Task MakeAsync(Sha256Digest blue, bool isOnCluster)
    {
        var token = TestContext.Current.CancellationToken;
        var location = Target.Region.Name.Value;
        await SimulatedArm.PutAsync(connection, $"/subscriptions/{connection.Stack.SubscriptionId}/resourceGroups/{Group}", "2024-03-01", new() { ["location"] = location }, token);
        await resources.PutAsync(Target, Workspace, Version, new() { ["location"] = location, ["properties"] = new JsonObject() }, token);
        var endpoint = new JsonObject { ["location"] = location, ["kind"] = isOnCluster ? "Kubernetes" : "Managed", ["properties"] = new JsonObject { ["authMode"] = isOnCluster ? "AMLToken" : "AADToken" } };
        await resources.PutAsync(Target, Endpoint, Version, endpoint, token);
        var container = $"{Workspace}/environments/{Model}/versions/blue-000000000000";
        await resources.PutAsync(Target, container, Version, new() { ["properties"] = new JsonObject { ["image"] = Image('0'), ["osType"] = "Linux" } }, token);
        await resources.PutAsync(Target, $"{Endpoint}/deployments/blue", Version, ServerOf(blue.Value, connection.IdIn(Target.Region, container), "pulumi"), token);
        endpoint["properties"]!["traffic"] = new JsonObject { ["blue"] = 100 };
        await resources.PutAsync(Target, Endpoint, Version, endpoint, token);
        var made = await resources.ReadAsync(Target, Endpoint, Version, token);
        Blue = new(Model, made!["properties"]!["scoringUri"]!.GetValue<string>())
        {
            Identity = blue.Value,
            Scope = isOnCluster ? $"{Cloud.ArmAudience}/.default" : "https://ml.azure.com/.default",
            TokenEndpoint = isOnCluster ? TokenEndpoint : null,
        };
    }

    private JsonObject ServerOf(string weights, string container, string? maker) => new()
    {
        ["location"] = Target.Region.Name.Value,
        ["tags"] = maker is null ? null : new JsonObject { ["managed-by"] = maker, ["cost-centre"] = "1234" },
        ["sku"] = new JsonObject { ["name"] = "Default", ["capacity"] = 2 },
        ["properties"] = new JsonObject
        {
            ["endpointComputeType"] = "Managed",
            ["environmentId"] = container,
            ["instanceType"] = "Standard_NC24ads_A100_v4",
            ["requestSettings"] = new JsonObject { ["maxConcurrentRequestsPerInstance"] = 8 },
            ["environmentVariables"] = new JsonObject
            {
                ["SERVED_MODEL_NAME"] = Model,
                ["WEIGHTS_URL"] = $"https://weights.blob.example/weights/{weights}",
                ["WEIGHTS_DIGEST"] = weights,
                ["AZURE_CLIENT_ID"] = "an-identity",
            },
        },
    };
}
