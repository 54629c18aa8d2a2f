using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Releases;
using Orchestrator.Local.Demo;
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

    public static async Task<World> StartAsync() =>
        new(await DemoWorld.StartAsync(new SandboxLatencies(), new("http://127.0.0.1:0"), WithoutWaits, TestContext.Current.CancellationToken));

    /// <summary>The same stacks, with holds and bakes that take no time.</summary>
    public static Topology WithoutWaits(Topology topology) => DemoPace.With(topology, bake: TimeSpan.Zero, hold: TimeSpan.Zero, ready: TimeSpan.FromSeconds(20));

    public World With(string stack, string region, FaultKind fault)
    {
        world.Sandbox.Clouds[SandboxStacks.CloudOf(stack)].Faults.Set(region, fault);
        return this;
    }

    /// <summary>Publishes a version, with its images, and waits until its run has ended.</summary>
    public async Task<ReleaseView> RollOutAsync(string version = DemoReleases.NextVersion, string? manifest = null)
    {
        var text = manifest ?? DemoReleases.Manifest(version);
        if (Core.Releases.ReleaseManifestParser.Parse(text).Value is { } parsed)
        {
            DemoReleases.Register(world.Sandbox, parsed);
        }

        await world.PublishAsync($"v{version}", text);
        return await EndAsync($"v{version}");
    }

    public async Task<ReleaseView> EndAsync(string tag)
    {
        // What has been answered is on disk: the run is there to be waited for.
        await Task.WhenAll(world.Sandbox.GitHub.Deliveries().Select(delivery => delivery.Sent));
        await world.Host.Client.WaitForInstanceCompletionAsync(DemoWorld.RunOf(tag), TestContext.Current.CancellationToken);
        return (await FindAsync(tag)).ShouldNotBeNull();
    }

    public async Task<ReleaseView?> FindAsync(string tag)
    {
        using var response = await Keyed.GetAsync(new Uri($"api/releases/{DemoWorld.RunOf(tag)}", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<ReleaseView>(JsonSerializerOptions.Web) : null;
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
