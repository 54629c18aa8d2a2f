using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Hosting;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Stacks in the sandbox and a function app that drives them, on simulated time: holds and bakes of hours pass at once.</summary>
internal sealed class TimedWorld : IAsyncDisposable
{
    private readonly string folder;
    private readonly HttpClient http;

    private TimedWorld(SandboxHost sandbox, EmbeddedHost host, SimulatedTime time, string folder)
    {
        Sandbox = sandbox;
        Time = time;
        Host = host;
        this.folder = folder;
        http = new() { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("x-functions-key", host.FunctionKey);
    }

    public SandboxHost Sandbox { get; }

    public EmbeddedHost Host { get; }

    public SimulatedTime Time { get; }

    /// <summary>Brings the stacks up and starts the function app on the clock.</summary>
    /// <param name="options">The sandbox.</param>
    /// <param name="stacks">What is brought up.</param>
    /// <param name="shape">What becomes of the topology before it is handed over.</param>
    /// <param name="time">The function app's clock.</param>
    public static async Task<TimedWorld> StartAsync(SandboxOptions options, IReadOnlyList<DemoStack> stacks, Func<Topology, Topology> shape, SimulatedTime time)
    {
        var folder = Directory.CreateTempSubdirectory("timed-").FullName;
        var sandbox = await SandboxHost.StartAsync(options, TestContext.Current.CancellationToken);
        var topology = shape(await StackPrograms.UpAsync(sandbox, stacks, TestContext.Current.CancellationToken));
        var (file, certificate) = SandboxStacks.Write(sandbox, topology, folder);
        var settings = SandboxStacks.Settings(sandbox, file, certificate);
        settings["AzureWebJobs.WatchRegions.Disabled"] = "true";
        settings["AzureWebJobs.VerifyModels.Disabled"] = "true";
        settings["AzureWebJobs.SweepGitHub.Disabled"] = "true";
        settings["AzureWebJobs.PurgeRuns.Disabled"] = "true";
        settings["AzureWebJobs.SendWrites.Disabled"] = "true";
        settings["AzureWebJobs.WatchParity.Disabled"] = "true";
        var host = (await FunctionApp.StartAsync(
            Path.Combine(folder, "data"),
            new("http://127.0.0.1:0"),
            settings,
            LogLevel.Error,
            TestContext.Current.CancellationToken,
            shaped => shaped with { TimeProvider = time, Idle = time.GoOnTo })).ShouldNotBeNull();
        sandbox.GitHub.AddHook(DemoStacks.Repository.Value, new(host.Address, "api/github/webhooks"), SandboxStacks.WebhookSecret);
        return new(sandbox, host, time, folder);
    }

    /// <summary>Brings up any stacks, with all the regions that they name, in clouds that hold nobody up.</summary>
    public static Task<TimedWorld> StartAsync(IReadOnlyList<DemoStack> stacks, DateTimeOffset at)
    {
        var options = SandboxStacks.Options(new SandboxLatencies());
        var time = new SimulatedTime(at);
        return StartAsync(
            options with
            {
                GitHub = options.GitHub with { TimeProvider = time },
                Limits = new(1_000_000, 1_000_000, 1_000_000, 1_000_000),
                Clouds = [.. options.Clouds.Select(cloud => cloud with
                {
                    Regions = [.. stacks.Single(stack => stack.Cloud == cloud.Name).Configuration.Places.Select(place => place.Name.Value).Distinct()],
                })],
            },
            stacks,
            topology => topology,
            time);
    }

    /// <summary>Publishes the next version and waits until its run has ended.</summary>
    /// <param name="slowness">How many times as long as the version before its answers take.</param>
    public Task<ReleaseView> RollOutAsync(double slowness = 1)
    {
        var manifest = DemoReleases.Manifest(DemoReleases.NextVersion);
        DemoReleases.Register(Sandbox, ReleaseManifestParser.Parse(manifest).Value!);
        foreach (var images in Sandbox.Clouds.Values.Select(cloud => cloud.Images))
        {
            images.All.Where(image => image.Version == DemoReleases.NextVersion).ToList().ForEach(image => images.Add(image with { Slowness = slowness }));
        }

        return PublishAsync(DemoReleases.NextVersion, manifest);
    }

    /// <summary>Publishes a version and waits until its run has ended.</summary>
    public Task<ReleaseView> RollOutAsync(JsonObject manifest)
    {
        var text = manifest.ToJsonString();
        DemoReleases.Register(Sandbox, ReleaseManifestParser.Parse(text).Value.ShouldNotBeNull());
        return PublishAsync(manifest["version"]!.ToString(), text);
    }

    private async Task<ReleaseView> PublishAsync(string version, string manifest)
    {
        Sandbox.GitHub.Publish(DemoStacks.Repository.Value, $"v{version}", Encoding.UTF8.GetBytes(manifest));
        await Task.WhenAll(Sandbox.GitHub.Deliveries().Select(delivery => delivery.Sent));
        var run = DemoWorld.RunOf($"v{version}");
        await Host.Client.WaitForInstanceCompletionAsync(run, TestContext.Current.CancellationToken);
        return (await GetAsync<ReleaseView>($"api/releases/{run}"))!;
    }

    /// <summary>What happened in a rollout, in order.</summary>
    public async Task<IReadOnlyList<RolloutEvent>> EventsAsync(RolloutView rollout) => (await GetAsync<RolloutEventList>($"api/rollouts/{rollout.Rollout.Id}/events"))!.Events;

    /// <summary>How long it took from a region's first step of one kind to its first of another.</summary>
    public static TimeSpan Between(IReadOnlyList<RolloutEvent> events, RegionStep from, RegionStep to) =>
        events.First(happened => happened.Step == to).At - events.First(happened => happened.Step == from).At;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Host.DisposeAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What an address shows to a caller with the function key.</summary>
    public Task<T?> GetAsync<T>(string path) => http.GetFromJsonAsync<T>(path, JsonSerializerOptions.Web, TestContext.Current.CancellationToken);

    /// <summary>Posts to an address as a caller with the function key.</summary>
    public Task<HttpResponseMessage> PostAsync(string path) => http.PostAsync(new Uri(path, UriKind.Relative), content: null, TestContext.Current.CancellationToken);
}
