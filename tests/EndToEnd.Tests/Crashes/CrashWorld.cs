using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>One stack in the sandbox and a process that drives it. Where it has been killed, another one is started on the same data.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    public const string Stack = DemoStacks.UsClosed;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("crash-").FullName;
    private readonly HashSet<string> alerts = [];
    private Pager pager = null!;
    private Dictionary<string, string?> settings = null!;
    private ServeProcess process = null!;
    private Plug plug = new([]);

    private CrashWorld(SandboxHost sandbox) => Sandbox = sandbox;

    /// <summary>The faults of the stack's cloud.</summary>
    public FaultBoard Faults => Sandbox.Clouds[SandboxStacks.CloudOf(Stack)].Faults;

    public SandboxHost Sandbox { get; }

    /// <summary>Where the process keeps its state.</summary>
    public string DataFolder => Path.Combine(folder, "data");

    /// <summary>What the process drives.</summary>
    public Topology Topology { get; private set; } = null!;

    public static async Task<CrashWorld> StartAsync(CrashScenario scenario)
    {
        var world = new CrashWorld(await SandboxHost.StartAsync(SandboxStacks.Options(scenario.Latencies), TestContext.Current.CancellationToken));
        await world.StartAsync([.. scenario.Stacks.Select(DemoStacks.Of)], scenario.Shape);
        return world;
    }

    /// <summary>Has a plug pulled, from now on, by the changes that a rollout makes.</summary>
    public void Watch(Plug with, SideEffects effects)
    {
        plug = with;
        plug.Attach(process);
        Sandbox.Changes.Changing = change => plug.MayHappen(effects.Of(change));
        Sandbox.Changes.Changed = (change, hasEffect) => plug.Tell(effects.Of(change), hasEffect);
    }

    /// <summary>Publishes a version; the id of its run, once that has been acknowledged.</summary>
    public async Task<string> PublishAsync(string version, string? manifest = null)
    {
        var text = manifest ?? DemoReleases.Manifest(version);
        if (ReleaseManifestParser.Parse(text).Value is { } parsed)
        {
            DemoReleases.Register(Sandbox, parsed);
        }

        Sandbox.GitHub.Publish(DemoStacks.Repository.Value, $"v{version}", Encoding.UTF8.GetBytes(text));
        var published = Sandbox.GitHub.Deliveries().Last(delivery => delivery.Action == "published");
        await published.Sent;
        published.StatusCode.ShouldBe(202);
        return DemoWorld.RunOf($"v{version}");
    }

    /// <summary>Asks for a rollout; the id of its run, once that has been acknowledged.</summary>
    public async Task<string> AskAsync(object body)
    {
        using var answer = await process.Http.PostAsJsonAsync("api/rollouts", body, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["id"]!.GetValue<string>();
    }

    /// <summary>Posts something; false when the process died before it had acknowledged it.</summary>
    public async Task<bool> PostAsync(string path)
    {
        try
        {
            using var answer = await process.Http.PostAsJsonAsync($"api/{path}", new { why = "a person says so" }, TestContext.Current.CancellationToken);
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
            return true;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException && process.IsDead)
        {
            return false;
        }
    }

    /// <summary>What an address shows, by whichever process answers.</summary>
    public async Task<T> GetAsync<T>(string path)
    {
        while (true)
        {
            await LiveAsync();
            try
            {
                return (await process.Http.GetFromJsonAsync<T>($"api/{path}", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException && process.IsDead)
            {
                // The next process will say.
            }
        }
    }

    /// <summary>Has one process after the other go on until the plug has been pulled at every change that it is to be pulled at.</summary>
    public async Task UntilPulledAsync()
    {
        while (plug.Left.Any(moment => moment.When != When.During))
        {
            if (process.IsDead)
            {
                Restart();
            }

            await plug.Pulled.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Sees to it that there is a process that answers.</summary>
    public async Task LiveAsync()
    {
        while (process.IsDead || !await process.IsReadyAsync())
        {
            Restart();
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Dispose();
        await pager.DisposeAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync(IReadOnlyList<DemoStack> stacks, Func<Topology, Topology> shape)
    {
        Topology = shape(World.WithoutWaits(await StackPrograms.UpAsync(Sandbox, stacks, TestContext.Current.CancellationToken)));
        var (file, certificate) = SandboxStacks.Write(Sandbox, Topology, folder);
        pager = await Pager.StartAsync(PageAsync);
        settings = SandboxStacks.Settings(Sandbox, file, certificate);
        settings[$"Alerts:{Stack}"] = pager.Address;
        process = ServeProcess.Start(DataFolder, settings);
        await process.IsReadyAsync();
        Sandbox.GitHub.AddHook(DemoStacks.Repository.Value, new(process.Http.BaseAddress!, "api/github/webhooks"), SandboxStacks.WebhookSecret);
    }

    private void Restart()
    {
        process.Dispose();
        process = ServeProcess.Start(DataFolder, settings);
        plug.Attach(process);
    }

    // Alerts with the same id are the same alert.
    private async Task PageAsync(HttpContext context)
    {
        var alert = (await context.Request.ReadFromJsonAsync<JsonObject>(context.RequestAborted))!;
        var effect = new SideEffect("rollbackFailed", "alert", alert["subject"]!.GetValue<string>().Split('/')[^1]);
        if (!plug.MayHappen(effect))
        {
            context.Abort();
            return;
        }

        plug.Tell(effect, alerts.Add(alert["id"]!.GetValue<string>()));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
