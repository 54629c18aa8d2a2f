using Microsoft.Extensions.Logging;
using Octokit;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Local.Hosting;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Local.Demo;

/// <summary>A sandbox with stacks up and a function app that drives them, all in this process, each talking to the others over HTTP.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private readonly string folder;
    private bool isHooked;

    private DemoWorld(SandboxHost sandbox, Topology topology, EmbeddedHost host, string folder, string certificate)
    {
        Sandbox = sandbox;
        Topology = topology;
        Host = host;
        this.folder = folder;
        CertificateFile = certificate;
    }

    public SandboxHost Sandbox { get; }

    public Topology Topology { get; }

    public EmbeddedHost Host { get; }

    /// <summary>Where the function app keeps its state.</summary>
    public string DataFolder => Path.Combine(folder, "data");

    /// <summary>The certificate that callers of the sandbox's clouds have to trust.</summary>
    public string CertificateFile { get; }

    /// <summary>Starts everything and brings the stacks up with the baseline release.</summary>
    /// <param name="latencies">How long the sandbox takes.</param>
    /// <param name="url">Where the function app listens.</param>
    /// <param name="stacks">Which of the demo's stacks are brought up.</param>
    /// <param name="shape">What becomes of the topology before it is handed over.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="further">Settings beside the demo's own.</param>
    public static async Task<DemoWorld> StartAsync(SandboxLatencies latencies, Uri url, IReadOnlyList<DemoStack> stacks, Func<Topology, Topology> shape, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? further = null)
    {
        var folder = Directory.CreateTempSubdirectory("orchestrator-demo-").FullName;
        var sandbox = await SandboxHost.StartAsync(SandboxStacks.Options(latencies), cancellationToken);
        try
        {
            var topology = shape(await StackPrograms.UpAsync(sandbox, stacks, cancellationToken));
            var (topologyFile, certificate) = SandboxStacks.Write(sandbox, topology, folder);
            var settings = SandboxStacks.Settings(sandbox, topologyFile, certificate);
            settings[Functions.Settings.SettingNames.PublicUrl] = url.ToString();
            foreach (var (name, value) in further ?? new Dictionary<string, string?>())
            {
                settings[name] = value;
            }

            var host = await FunctionApp.StartAsync(Path.Combine(folder, "data"), url, settings, LogLevel.Error, cancellationToken)
                ?? throw new InvalidOperationException("The demo's own settings were refused.");
            return new(sandbox, topology, host, folder, certificate);
        }
        catch
        {
            await sandbox.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Publishes a release on the simulated GitHub, as a release manager's tools would; its webhook goes to the function app.</summary>
    public async Task PublishAsync(string tag, string manifest)
    {
        var repository = DemoStacks.Repository;
        var gitHub = GitHub();
        if (!isHooked)
        {
            await HookAsync(gitHub);
            isHooked = true;
        }

        var draft = await DraftAsync(tag, manifest);
        await gitHub.Repository.Release.Edit(repository.Owner, repository.Name, draft.Id, new ReleaseUpdate { Draft = false, TagName = tag });
    }

    /// <summary>Drafts a release with its manifest on the simulated GitHub.</summary>
    public async Task<Octokit.Release> DraftAsync(string tag, string manifest)
    {
        var gitHub = GitHub();
        var draft = await gitHub.Repository.Release.Create(DemoStacks.Repository.Owner, DemoStacks.Repository.Name, new NewRelease(tag) { Name = tag, Draft = true });
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(manifest));
        await gitHub.Repository.Release.UploadAsset(draft, new ReleaseAssetUpload(ReleaseManifest.AssetName, "application/json", content, null));
        return draft;
    }

    private GitHubClient GitHub() => new(new Connection(new ProductHeaderValue("demo"), Sandbox.GitHub.ApiUrl)) { Credentials = new(Sandbox.GitHub.Options.Token) };

    private Task<RepositoryHook> HookAsync(GitHubClient gitHub)
    {
        var hook = new NewRepositoryHook("web", new Dictionary<string, string>
        {
            ["url"] = new Uri(Host.Address, "api/github/webhooks").ToString(),
            ["content_type"] = "json",
            ["secret"] = SandboxStacks.WebhookSecret,
        })
        { Events = ["release"] };
        return gitHub.Repository.Hooks.Create(DemoStacks.Repository.Owner, DemoStacks.Repository.Name, hook);
    }

    /// <summary>The id of the run that works on a tag.</summary>
    public static string RunOf(string tag) => new ReleaseKey(DemoStacks.Repository, Core.Names.Identifier.Parse<Core.Names.ReleaseTag>(tag), 1).ReleaseRun();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
