using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.Outbound;
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

    private const string Version = OnlineEndpoint.Version;
    private const string Endpoint = OnlineEndpoint.Endpoint;

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
        Target = OnlineEndpoint.Target(connection, cloud.Options.Regions[0]);
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

    /// <summary>Lets the cloud know weights.</summary>
    public Sha256Digest Know(char digit)
    {
        var digest = Identifier.Parse<Sha256Digest>(new string(digit, 64));
        Cloud.Models.Add(SandboxModel.Open(Model, digest.Value));
        return digest;
    }

    /// <summary>The order to bring weights beside what an entry asks.</summary>
    public ModelOrder Order(ModelEntry now, Sha256Digest weights, WeightsServer? server = null, IReadOnlyList<ModelEntry>? known = null) => OnlineOrders.Of(Target, now, weights, server, known);

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
    public Task MoveToClusterAsync() =>
        resources.PutAsync(Target, Endpoint, Version, OnlineEndpoint.Body(Target, isOnCluster: true, serving: "blue"), TestContext.Current.CancellationToken);

    private async Task<JsonNode?> ReadAsync(string property) => (await resources.ReadAsync(Target, Endpoint, Version, TestContext.Current.CancellationToken))!["properties"]![property];

    /// <summary>What answers to an entry: the status, and which server.</summary>
    public async Task<(int Status, string? Server)> AskAsync(ModelEntry entry) => await AskAsync(entry, await Addresses.TokenAsync(Target, entry, TestContext.Current.CancellationToken));

    /// <summary>What the endpoint's own tokens are asked of.</summary>
    public string TokenEndpoint => new Uri(Cloud.ArmEndpoint, $"{connection.IdIn(Target.Region, Endpoint)}/token?api-version={Version}").ToString();

    /// <summary>What the models' own port answers to a token.</summary>
    public async Task<int> StatusOfAsync(string? token) => (await AskAsync(Blue, token)).Status;

    private async Task<(int Status, string? Server)> AskAsync(ModelEntry entry, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ModelAddresses.ApiOf(ModelKind.Online, entry), "models"));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        foreach (var (name, value) in entry.Headers ?? new Dictionary<string, string>())
        {
            request.Headers.Add(name, value);
        }

        using var answer = await Addresses.ClientOf(Target).SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.Headers.TryGetValues(ModelPlanner.ServerHeader, out var server) ? server.Single() : null);
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
    public Task PutServerAsync(string name, string weights, string? maker = null, string container = "container") => resources.PutAsync(Target, $"{Endpoint}/deployments/{name}", Version, OnlineEndpoint.Server(Target, weights, container, maker), TestContext.Current.CancellationToken);

    /// <summary>Says of a server who has made it, as somebody else would.</summary>
    public async Task TagServerAsync(string name, string? maker)
    {
        var body = OnlineEndpoint.Tagged((await ServerAsync(name)).ShouldNotBeNull(), maker);
        await resources.PutAsync(Target, $"{Endpoint}/deployments/{name}", Version, body, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await sandbox.DisposeAsync();
    }

    private async Task MakeAsync(Sha256Digest blue, bool isOnCluster)
    {
        await OnlineEndpoint.MakeAsync(connection, resources, Target, blue, isOnCluster);
        var made = await resources.ReadAsync(Target, Endpoint, Version, TestContext.Current.CancellationToken);
        Blue = new(Model, made!["properties"]!["scoringUri"]!.GetValue<string>())
        {
            Identity = blue.Value,
            Scope = isOnCluster ? $"{Cloud.ArmAudience}/.default" : "https://ml.azure.com/.default",
            TokenEndpoint = isOnCluster ? TokenEndpoint : null,
        };
    }
}
