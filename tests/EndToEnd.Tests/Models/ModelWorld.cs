using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>Both stacks, cut down to few regions, and releases that change their models.</summary>
internal sealed class ModelWorld : IAsyncDisposable
{
    public const string SuiteAsset = "suite.json";

    private readonly World world;

    private ModelWorld(World world)
    {
        this.world = world;
        world.Demo.Sandbox.GitHub.AddHook(DemoStacks.Repository.Value, new(world.Demo.Host.Address, "api/github/webhooks"), SandboxStacks.WebhookSecret);
    }

    public World World => world;

    public SandboxCloud Us => world.Demo.Sandbox.Clouds[SandboxStacks.CloudOf(DemoStacks.UsClosed)];

    public SandboxCloud China => world.Demo.Sandbox.Clouds[SandboxStacks.CloudOf(DemoStacks.ChinaOpen)];

    /// <summary>The stacks with their staging, and so many of their production's waves; of all stacks, or of one.</summary>
    public static async Task<ModelWorld> StartAsync(int waves = 0, string? of = null) => await StartAsync(Few(waves, of));

    /// <summary>The staging of one stack alone.</summary>
    public static async Task<ModelWorld> OfAsync(string stack) => new(await World.OfAsync(stack, Few(0)));

    /// <summary>The stacks cut down in another way.</summary>
    public static async Task<ModelWorld> StartAsync(Func<Topology, Topology> shape) => new(await World.StartAsync(shape));

    /// <summary>What cuts stacks down so.</summary>
    public static Func<Topology, Topology> Few(int waves, string? of = null) => topology => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack with
        {
            Environments = [.. stack.Environments.Select(environment => environment.Name.Value == "staging" ? environment : environment with { Waves = [.. environment.Waves.Take(of is null || of == stack.Name.Value ? waves : 0)] })
                .Where(environment => environment.Waves.Count > 0)],
        })],
    };

    /// <summary>The manifest of a version with models of a kind for some stacks; the others are not in it.</summary>
    public static JsonObject Manifest(string version, params (string Stack, DemoModelKind Kind)[] models)
    {
        var manifest = JsonNode.Parse(DemoReleases.Manifest(version, models.ToDictionary(one => one.Stack, one => one.Kind)))!.AsObject();
        foreach (var stack in DemoStacks.Names.Except(models.Select(one => one.Stack)))
        {
            manifest["stacks"]!.AsObject().Remove(stack);
        }

        return manifest;
    }

    /// <summary>The weights of an open model of the demo.</summary>
    public static OpenWeights Weights(DemoModelKind kind) => DemoModels.WeightsOf(DemoStacks.Of(DemoStacks.ChinaOpen).Configuration.OpenModels.First(), kind);

    public IReadOnlyList<ModelRegion> Regions(string stack) => ModelRegion.All(world.Demo.Topology, world.Demo.Host.Services, stack);

    /// <summary>The suite that ships with each case asked once, as the models of the demo answer the same at every try.</summary>
    public static JsonObject QuickSuite()
    {
        var suite = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Of("functions", "Suites", "default.json")))!.AsObject();
        suite["repeats"] = 1;
        foreach (var one in suite["cases"]!.AsArray())
        {
            one!.AsObject().Remove("repeats");
        }

        return suite;
    }

    /// <summary>The manifest with a suite as the asset <see cref="SuiteAsset"/>.</summary>
    public static JsonObject WithSuite(JsonObject manifest, byte[] suite)
    {
        manifest["suite"] = new JsonObject { ["asset"] = SuiteAsset, ["sha256"] = Sha256Digest.Of(suite).Value };
        return manifest;
    }

    /// <summary>Rolls a version out, with models of a kind for some stacks, and waits until its run has ended.</summary>
    public Task<ReleaseView> RollOutAsync(string version, params (string Stack, DemoModelKind Kind)[] models)
    {
        var suite = Utf8(QuickSuite().ToJsonString());
        return RollOutAsync(WithSuite(Manifest(version, models), suite), (SuiteAsset, suite));
    }

    /// <summary>Publishes a release with further assets and waits until its run has ended.</summary>
    public async Task<ReleaseView> RollOutAsync(JsonObject manifest, params (string Name, byte[] Content)[] assets)
    {
        await PublishAsync(await DraftAsync(manifest, assets));
        return await world.EndAsync($"v{manifest["version"]}");
    }

    /// <summary>Drafts a release with further assets.</summary>
    public async Task<Octokit.Release> DraftAsync(JsonObject manifest, params (string Name, byte[] Content)[] assets)
    {
        var text = manifest.ToJsonString();
        if (ReleaseManifestParser.Parse(text).Value is { } parsed)
        {
            DemoReleases.Register(world.Demo.Sandbox, parsed);
        }

        var draft = await world.Demo.DraftAsync($"v{manifest["version"]}", text);
        foreach (var (asset, bytes) in assets)
        {
            using var content = new MemoryStream(bytes);
            await GitHub().Repository.Release.UploadAsset(draft, new ReleaseAssetUpload(asset, "application/json", content, null));
        }

        return draft;
    }

    /// <summary>Publishes a draft.</summary>
    public Task PublishAsync(Octokit.Release draft) =>
        GitHub().Repository.Release.Edit(DemoStacks.Repository.Owner, DemoStacks.Repository.Name, draft.Id, new ReleaseUpdate { Draft = false, TagName = draft.TagName });

    /// <summary>What a release would do, which may be a draft.</summary>
    public async Task<ReleasePlanView> PlanAsync(string tag) =>
        (await world.Keyed.GetFromJsonAsync<ReleasePlanView>($"api/releases/{tag}/plan", JsonSerializerOptions.Web, TestContext.Current.CancellationToken)).ShouldNotBeNull();

    /// <summary>The only rollout of a release to a stack's environment.</summary>
    public static RolloutView Of(ReleaseView release, string stack, string environment = "staging") =>
        release.Rollouts.Single(one => one.Rollout.Stack.Value == stack && one.Rollout.Environment.Value == environment);

    /// <summary>The regions' runs of a rollout.</summary>
    public static IReadOnlyList<Core.Rollouts.RegionRun> Runs(RolloutView rollout) => [.. rollout.Waves.SelectMany(wave => wave.Regions)];

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private GitHubClient GitHub() => new(new Connection(new ProductHeaderValue("tests"), world.Demo.Sandbox.GitHub.ApiUrl)) { Credentials = new(world.Demo.Sandbox.GitHub.Options.Token) };

    public ValueTask DisposeAsync() => world.DisposeAsync();
}
