using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Outbound;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Hosting;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Both stacks in the sandbox and a function app that drives them, talking HTTP; nothing takes any time.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly DemoWorld world;

    private World(DemoWorld world)
    {
        this.world = world;
        Http = new() { BaseAddress = world.Host.Address };
        Keyed = new() { BaseAddress = world.Host.Address };
        Keyed.DefaultRequestHeaders.Add("x-functions-key", world.Host.FunctionKey);
    }

    /// <summary>A caller without a key.</summary>
    public HttpClient Http { get; }

    /// <summary>A caller with the function key.</summary>
    public HttpClient Keyed { get; }

    public DemoWorld Demo => world;

    public static Task<World> StartAsync() => StartAsync(topology => topology);

    /// <summary>The stacks, without waits, changed by <paramref name="shape"/>.</summary>
    public static Task<World> StartAsync(Func<Topology, Topology> shape, IReadOnlyDictionary<string, string?>? settings = null) => StartAsync(DemoStacks.All, shape, settings);

    /// <summary>One stack alone, for what has nothing to do with the other.</summary>
    public static Task<World> OfAsync(string stack, Func<Topology, Topology>? shape = null) => StartAsync([DemoStacks.Of(stack)], shape ?? (topology => topology), settings: null);

    private static async Task<World> StartAsync(IReadOnlyList<DemoStack> stacks, Func<Topology, Topology> shape, IReadOnlyDictionary<string, string?>? settings) =>
        new(await DemoWorld.StartAsync(new SandboxLatencies(), new("http://127.0.0.1:0"), stacks, topology => shape(WithoutWaits(topology)), TestContext.Current.CancellationToken, settings));

    /// <summary>The stacks with one environment of one stack changed.</summary>
    public static Func<Topology, Topology> Environment(string stack, string environment, Func<EnvironmentDefinition, EnvironmentDefinition> shape) => topology => topology with
    {
        Stacks = [.. topology.Stacks.Select(one => one.Name.Value != stack
            ? one
            : one with { Environments = [.. one.Environments.Select(part => part.Name.Value == environment ? shape(part) : part)] })],
    };

    /// <summary>The same stacks, with holds and bakes that take no time, and few requests at every look.</summary>
    public static Topology WithoutWaits(Topology topology) => FewRequests.Of(DemoPace.With(topology, bake: TimeSpan.Zero, hold: TimeSpan.Zero, ready: TimeSpan.FromSeconds(20)));

    public World With(string stack, string region, FaultKind fault, FaultReach reach = FaultReach.Next)
    {
        Faults(stack).Set(region, fault, reach);
        return this;
    }

    public FaultBoard Faults(string stack) => world.Sandbox.Clouds[SandboxStacks.CloudOf(stack)].Faults;

    /// <summary>Publishes a version, with its images, and waits until its run has ended.</summary>
    public async Task<ReleaseView> RollOutAsync(string version = DemoReleases.NextVersion, string? manifest = null)
    {
        await PublishAsync(version, manifest);
        return await EndAsync($"v{version}");
    }

    /// <summary>Publishes a version, with its images.</summary>
    public Task PublishAsync(string version = DemoReleases.NextVersion, string? manifest = null) => world.PublishAsync($"v{version}", Manifest(version, manifest));

    /// <summary>Drafts a version, with its images.</summary>
    public Task DraftAsync(string version = DemoReleases.NextVersion) => world.DraftAsync($"v{version}", Manifest(version, null));

    /// <summary>Waits until a version has all of a region's traffic.</summary>
    public async Task UntilServingAsync(string stack, string region, string version)
    {
        while (world.Sandbox.Clouds[SandboxStacks.CloudOf(stack)].Apps().Single(app => app.Region == region).Revisions.All(revision => revision.Weight < 100 || revision.Version != version))
        {
            await Breath.TakeAsync();
        }
    }

    private string Manifest(string version, string? manifest)
    {
        var text = manifest ?? DemoReleases.Manifest(version);
        if (Core.Releases.ReleaseManifestParser.Parse(text).Value is { } parsed)
        {
            DemoReleases.Register(world.Sandbox, parsed);
        }

        return text;
    }

    /// <summary>The rollout of a version in one environment, as soon as it is as a test needs it.</summary>
    public async Task<RolloutView> UntilAsync(string stack, string environment, Func<RolloutView, bool> condition, string version = DemoReleases.NextVersion)
    {
        while (true)
        {
            var rollout = (await FindAsync($"v{version}"))?.Rollouts.FirstOrDefault(one => one.Rollout.Stack.Value == stack && one.Rollout.Environment.Value == environment);
            if (rollout is not null && condition(rollout))
            {
                return rollout;
            }

            await Breath.TakeAsync();
        }
    }

    /// <summary>A release's run, as soon as it is as a test needs it.</summary>
    public async Task<ReleaseView> UntilRunAsync(string run, Func<ReleaseView, bool> condition)
    {
        while (true)
        {
            if (await FindRunAsync(run) is { } release && condition(release))
            {
                return release;
            }

            await Breath.TakeAsync();
        }
    }

    /// <summary>A caller with a key that belongs to somebody.</summary>
    public HttpClient As(string name)
    {
        var http = new HttpClient { BaseAddress = world.Host.Address };
        http.DefaultRequestHeaders.Add("x-functions-key", new NamedKeys(world.DataFolder).Add(name));
        return http;
    }

    /// <summary>Asks for something with the function key.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) =>
        Keyed.PostAsync(new Uri($"api/{path}", UriKind.Relative), body is null ? null : JsonContent.Create(body), TestContext.Current.CancellationToken);

    /// <summary>The lane of an environment.</summary>
    public async Task<LaneView> LaneAsync(string stack, string environment) =>
        (await Keyed.GetFromJsonAsync<LanesView>("api/lanes", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!
            .Lanes.Single(lane => lane.Stack.Value == stack && lane.Environment.Value == environment);

    /// <summary>Posts a decision about a rollout.</summary>
    public Task<HttpResponseMessage> DecideAsync(RolloutView rollout, string decision, object? body = null) =>
        PostAsync($"rollouts/{rollout.Rollout.Id}/{decision}", body);

    /// <summary>What happened in a rollout, in order.</summary>
    public async Task<IReadOnlyList<RolloutEvent>> EventsAsync(RolloutView rollout) =>
        (await Keyed.GetFromJsonAsync<RolloutEventList>($"api/rollouts/{rollout.Rollout.Id}/events", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Events;

    public async Task<ReleaseView> EndAsync(string tag)
    {
        // What has been answered is on disk: the run is there to be waited for.
        await Task.WhenAll(world.Sandbox.GitHub.Deliveries().Select(delivery => delivery.Sent));
        await world.Host.Client.WaitForInstanceCompletionAsync(DemoWorld.RunOf(tag), TestContext.Current.CancellationToken);
        await TellGitHubAsync();
        return (await FindAsync(tag)).ShouldNotBeNull();
    }

    /// <summary>Has GitHub told all that waits to be told.</summary>
    public async Task TellGitHubAsync()
    {
        await world.Host.Services.GetRequiredService<WriteDrainer>().DrainAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(world.Sandbox.GitHub.Deliveries().Select(delivery => delivery.Sent));
    }

    public Task<ReleaseView?> FindAsync(string tag) => FindRunAsync(DemoWorld.RunOf(tag));

    public async Task<ReleaseView?> FindRunAsync(string run)
    {
        using var response = await Keyed.GetAsync(new Uri($"api/releases/{run}", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<ReleaseView>(JsonSerializerOptions.Web) : null;
    }

    /// <summary>What a region's workload answers under a label.</summary>
    public async Task<string> WorkloadAsync(string stack, string region, string label, string path)
    {
        var fqdn = world.Sandbox.Clouds[SandboxStacks.CloudOf(stack)].Apps().Single(app => app.Region == region).Fqdn;
        var dot = fqdn.IndexOf('.', StringComparison.Ordinal);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(world.Sandbox.CertificateAuthorityPem);
        using var http = new HttpClient(OutboundHandlers.Create(roots));
        return await http.GetStringAsync(new Uri($"https://{fqdn[..dot]}---{label}{fqdn[dot..]}{path}"), TestContext.Current.CancellationToken);
    }

    /// <summary>The version that has all of a region's traffic.</summary>
    public string? Serving(string stack, string region) => world.Sandbox.Clouds[SandboxStacks.CloudOf(stack)].Apps()
        .Single(app => app.Region == region).Revisions.Single(revision => revision.Weight == 100).Version;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Keyed.Dispose();
        await world.DisposeAsync();
    }
}

/// <summary>What <c>GET /api/rollouts/{id}/events</c> answers.</summary>
internal sealed record RolloutEventList(IReadOnlyList<RolloutEvent> Events, RolloutTimes Times);
