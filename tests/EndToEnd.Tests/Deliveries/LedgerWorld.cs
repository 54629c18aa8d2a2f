using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.State;
using Orchestrator.Local;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Hosting;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.GitHub;
using Orchestrator.Sandbox.GitHub.Hooks;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests.Deliveries;

/// <summary>Both stacks in the sandbox and a function app that may be down for a while, on one clock with the simulated GitHub.</summary>
internal sealed class LedgerWorld : IAsyncDisposable
{
    /// <summary>The setting that switches the timer of the sweeps off: it is, as the clock goes on in leaps, unless a test says otherwise.</summary>
    public const string SweepTimer = "AzureWebJobs.SweepGitHub.Disabled";

    /// <summary>The setting that switches the timer of the purges off, likewise.</summary>
    public const string PurgeTimer = "AzureWebJobs.PurgeRuns.Disabled";

    private static readonly TimeSpan LongerThanOnItsWay = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private readonly Dictionary<string, string?> settings;
    private EmbeddedHost? host;
    private HttpClient http = new();

    private LedgerWorld(SandboxHost sandbox, FakeTimeProvider time, Dictionary<string, string?> settings)
    {
        Sandbox = sandbox;
        Time = time;
        this.settings = settings;
    }

    public SandboxHost Sandbox { get; }

    public Topology Topology { get; private set; } = null!;

    public GitHubServer GitHub => Sandbox.GitHub;

    public FakeTimeProvider Time { get; }

    /// <summary>The kinds of entries that the function app's store is down for just now.</summary>
    public IReadOnlySet<string> Down { get; set; } = new HashSet<string>();

    /// <summary>A caller with the function key.</summary>
    public HttpClient Http => http;

    public EmbeddedHost Host => host.ShouldNotBeNull();

    public DeliveryLedger Ledger => Host.Services.GetRequiredService<DeliveryLedger>();

    /// <summary>The simulated GitHub, as somebody with the token sees it.</summary>
    public GitHubClient Octokit => new(new Connection(new ProductHeaderValue("tests"), GitHub.ApiUrl)) { Credentials = new(GitHub.Options.Token) };

    /// <summary>Brings the stacks up; the function app is not started yet.</summary>
    public static async Task<LedgerWorld> PrepareAsync(
        Func<GitHubOptions, GitHubOptions>? gitHub = null,
        IReadOnlyDictionary<string, string?>? further = null,
        FakeTimeProvider? time = null,
        Func<Topology, Topology>? shape = null)
    {
        // GitHub's own times have whole seconds.
        time ??= new SimulatedTime(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        var options = SandboxStacks.Options(new SandboxLatencies());
        var shaped = options.GitHub with { TimeProvider = time };
        var sandbox = await SandboxHost.StartAsync(
            options with { GitHub = gitHub?.Invoke(shaped) ?? shaped, Limits = new(1_000_000, 1_000_000, 1_000_000, 1_000_000) },
            TestContext.Current.CancellationToken);
        var world = new LedgerWorld(sandbox, time, []);
        var topology = World.WithoutWaits(await StackPrograms.UpAsync(sandbox, TestContext.Current.CancellationToken));
        topology = shape?.Invoke(topology) ?? topology;
        world.Topology = topology;
        var (file, certificate) = SandboxStacks.Write(sandbox, topology, world.folder);
        string[] timers = ["AzureWebJobs.WatchRegions.Disabled", SweepTimer, PurgeTimer, "AzureWebJobs.SendWrites.Disabled", "AzureWebJobs.WatchParity.Disabled"];
        foreach (var (name, value) in SandboxStacks.Settings(sandbox, file, certificate).Concat(timers.Select(timer => KeyValuePair.Create(timer, (string?)"true"))).Concat(further ?? new Dictionary<string, string?>()))
        {
            world.settings[name] = value;
        }

        return world;
    }

    /// <summary>Brings the stacks up and starts the function app, which hears of the repository's releases.</summary>
    public static async Task<LedgerWorld> StartAsync(
        Func<GitHubOptions, GitHubOptions>? gitHub = null,
        IReadOnlyDictionary<string, string?>? further = null,
        FakeTimeProvider? time = null,
        Func<Topology, Topology>? shape = null)
    {
        var world = await PrepareAsync(gitHub, further, time, shape);
        await world.StartAppAsync();
        world.GitHub.AddHook(DemoStacks.Repository.Value, world.Webhooks, SandboxStacks.WebhookSecret);
        return world;
    }

    /// <summary>Where the function app takes webhooks.</summary>
    public Uri Webhooks => new(Host.Address, "api/github/webhooks");

    /// <summary>Starts the function app, on the state that it left if it ran before.</summary>
    public async Task StartAppAsync()
    {
        host = await FunctionApp.StartAsync(
            Path.Combine(folder, "data"),
            new("http://127.0.0.1:0"),
            settings,
            LogLevel.Critical,
            TestContext.Current.CancellationToken,
            options => options with { TimeProvider = Time, Idle = Time is SimulatedTime simulated ? simulated.GoOnTo : null, Configure = WithGate(options.Configure) });
        http = new() { BaseAddress = Host.Address };
        http.DefaultRequestHeaders.Add("x-functions-key", Host.FunctionKey);
        await UntilAsync(health => health.Data("lastSweep").TryGetProperty("begun", out _));
    }

    public async Task StopAppAsync()
    {
        http.Dispose();
        await Host.DisposeAsync();
        host = null;
    }

    /// <summary>Publishes a version with its images.</summary>
    /// <param name="version">The version.</param>
    /// <param name="fault">What is wrong with GitHub meanwhile.</param>
    /// <param name="prerelease">Whether it is a prerelease.</param>
    public long Publish(string version, GitHubFault? fault = null, bool prerelease = false)
    {
        var manifest = DemoReleases.Manifest(version);
        DemoReleases.Register(Sandbox, ReleaseManifestParser.Parse(manifest).Value!);
        var before = GitHub.Fault;
        GitHub.Fault = fault ?? before;
        var id = GitHub.Publish(DemoStacks.Repository.Value, $"v{version}", Encoding.UTF8.GetBytes(manifest), prerelease);
        GitHub.Fault = before;
        return id;
    }

    /// <summary>Has all webhooks arrive that are on their way.</summary>
    public Task SentAsync() => Task.WhenAll(GitHub.Deliveries().Select(delivery => delivery.Sent));

    /// <summary>Sends a delivery again, however long ago GitHub forgot it; the result is the answer's status.</summary>
    public Task<int> SendAsync(Delivery delivery) =>
        SendAsync(delivery.Event, Encoding.UTF8.GetString(delivery.Payload), delivery.DeliveryId, SandboxStacks.WebhookSecret);

    /// <summary>Sends something that claims to be GitHub's; the result is the answer's status.</summary>
    public async Task<int> SendAsync(string name, string body, Guid id, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Webhooks) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", id.ToString());
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    /// <summary>What the ledger has of a delivery, once it has it: a webhook may be answered a moment before.</summary>
    public async Task<DeliveryEntry> RecordedAsync(Guid delivery, int times = 1)
    {
        while (true)
        {
            if (await Ledger.FindAsync(delivery.ToString(), TestContext.Current.CancellationToken) is { } entry && entry.Times >= times)
            {
                return entry;
            }

            await Breath.TakeAsync();
        }
    }

    /// <summary>
    /// Sweeps, once what has happened is too old to be on its way. The clock leaps for that, so no rollout may be measuring anything.
    /// </summary>
    public async Task<SweepState> SweepAsync()
    {
        Time.Advance(LongerThanOnItsWay);
        using var answer = await http.PostAsync(new Uri("api/sweep", UriKind.Relative), null, TestContext.Current.CancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SweepState>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
    }

    /// <summary>What health says about GitHub.</summary>
    public async Task<GitHubReport> HealthAsync() =>
        new(await http.GetFromJsonAsync<JsonElement>("api/health/github", TestContext.Current.CancellationToken));

    /// <summary>What health says about GitHub, as soon as it is as a test needs it.</summary>
    public async Task<GitHubReport> UntilAsync(Func<GitHubReport, bool> condition)
    {
        while (true)
        {
            if (await HealthAsync() is var health && condition(health))
            {
                return health;
            }

            await Breath.TakeAsync();
        }
    }

    /// <summary>How a version's run ended, once it has, and GitHub has been told as far as it may be now.</summary>
    public async Task<ReleaseRun> EndAsync(string version, int attempt = 1)
    {
        var run = await Host.Client.WaitForInstanceCompletionAsync(RunOf(version, attempt), getInputsAndOutputs: true, TestContext.Current.CancellationToken);
        // What is written onto the release is told of by a webhook too.
        await Host.Services.GetRequiredService<WriteDrainer>().DrainAsync(TestContext.Current.CancellationToken);
        await SentAsync();
        return run.ReadOutputAs<ReleaseRun>().ShouldNotBeNull();
    }

    /// <summary>The ids of all runs that begin so.</summary>
    public async Task<IReadOnlyList<string>> RunsAsync(string prefix)
    {
        var found = new List<string>();
        await foreach (var instance in Host.Client.GetAllInstancesAsync())
        {
            found.Add(instance.InstanceId);
        }

        return [.. found.Where(id => id.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>The run that works on a version.</summary>
    public static string RunOf(string version, int attempt = 1) =>
        new ReleaseKey(DemoStacks.Repository, Identifier.Parse<ReleaseTag>($"v{version}"), attempt).ReleaseRun();

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await StopAppAsync();
        }

        await Sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Func<Microsoft.Extensions.Hosting.IHostApplicationBuilder, bool> WithGate(Func<Microsoft.Extensions.Hosting.IHostApplicationBuilder, bool> configure) => builder =>
    {
        var isConfigured = configure(builder);
        var own = builder.Services.Last(service => service.ServiceType == typeof(IStateStore));
        builder.Services.AddSingleton<IStateStore>(provider => new GatedStore((IStateStore)own.ImplementationFactory!(provider), () => Down));
        return isConfigured;
    };
}

/// <summary>What <c>GET /api/health/github</c> answers.</summary>
internal sealed record GitHubReport(JsonElement Json)
{
    public string Status => Json.GetProperty("status").GetString()!;

    public string Description(string entry) => Json.GetProperty("entries").GetProperty(entry).GetProperty("description").GetString()!;

    public JsonElement Data(string entry) => Json.GetProperty("entries").GetProperty(entry).GetProperty("data");
}
