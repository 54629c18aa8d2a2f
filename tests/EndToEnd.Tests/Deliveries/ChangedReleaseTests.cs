using System.Text;
using Microsoft.Extensions.Configuration;
using Octokit;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Settings;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub;
using Orchestrator.Sandbox.GitHub.Hooks;

namespace Orchestrator.EndToEnd.Tests.Deliveries;

/// <summary>What follows when a release is changed after its publication.</summary>
public sealed class ChangedReleaseTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Version = DemoReleases.NextVersion;

    private static readonly string Owner = DemoStacks.Repository.Owner;
    private static readonly string Name = DemoStacks.Repository.Name;

    [Fact]
    public async Task As_long_as_nobody_says_otherwise_nothing_follows()
    {
        await using var world = await World.StartAsync(PromotedByHand);
        await world.PublishAsync();
        var staging = await AwaitsPromotionAsync(world);
        var release = await FindAsync(world);
        await ReplaceManifestAsync(world, release, "1.2.0");
        await EditAsync(world, release);
        await Client(world).Repository.Release.Delete(Owner, Name, release.Id);

        (await LastAsync(world)).StatusCode.ShouldBe(200);

        (await world.FindRunAsync(RunOf(2))).ShouldBeNull();
        await world.DecideAsync(staging, "promote");
        (await world.UntilAsync(Stack, "production", rollout => rollout.Rollout.Phase.IsTerminal())).Rollout.Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task An_edited_release_is_rolled_out_again_once_for_each_other_manifest_that_it_gets()
    {
        await using var world = await World.StartAsync(topology => topology, new Dictionary<string, string?> { [SettingNames.OnEdited] = "restart" });
        await world.RollOutAsync();
        var release = await FindAsync(world);

        await EditAsync(world, release);
        (await LastAsync(world)).StatusCode.ShouldBe(200, "only its text has changed");

        await ReplaceManifestAsync(world, release, "1.1.1");
        await EditAsync(world, release);
        var edited = await LastAsync(world);
        edited.StatusCode.ShouldBe(202);
        world.Demo.Sandbox.GitHub.Redeliver(edited.DeliveryId);
        (await LastAsync(world)).StatusCode.ShouldBe(202, "it is the same delivery");
        await EditAsync(world, release);
        (await LastAsync(world)).StatusCode.ShouldBe(200, "it is the same manifest");

        await world.Demo.Host.Client.WaitForInstanceCompletionAsync(RunOf(2), TestContext.Current.CancellationToken);
        (await world.FindRunAsync(RunOf(2))).ShouldNotBeNull().Phase.ShouldBe(RunPhase.Succeeded);
        (await world.FindRunAsync(RunOf(3))).ShouldBeNull();
        world.Serving(Stack, "eastus").ShouldBe("1.1.1");
    }

    [Fact]
    public async Task A_deleted_release_begins_nowhere_any_more_where_policy_holds_it()
    {
        await using var world = await World.StartAsync(PromotedByHand, new Dictionary<string, string?> { [SettingNames.OnDeleted] = "hold" });
        await world.PublishAsync();
        var staging = await AwaitsPromotionAsync(world);

        await Client(world).Repository.Release.Delete(Owner, Name, (await FindAsync(world)).Id);
        (await LastAsync(world)).StatusCode.ShouldBe(200);
        await world.DecideAsync(staging, "promote");

        var production = await world.UntilAsync(Stack, "production", rollout => rollout.Rollout.Phase.IsTerminal());
        (production.Rollout.Phase, production.Rollout.Reason).ShouldBe((RunPhase.Skipped, "v1.1.0 has been marked bad"));
        world.Serving(Stack, "eastus").ShouldBe("1.1.0", "what was under way goes on");
    }

    [Fact]
    public async Task A_deleted_release_is_rolled_back_where_it_is_under_way_if_policy_stops_it()
    {
        await using var world = await World.StartAsync(PromotedByHand, new Dictionary<string, string?> { [SettingNames.OnDeleted] = "stop" });
        await world.PublishAsync();
        await AwaitsPromotionAsync(world);

        await Client(world).Repository.Release.Edit(Owner, Name, (await FindAsync(world)).Id, new ReleaseUpdate { Draft = true });
        (await LastAsync(world)).StatusCode.ShouldBe(200);

        var staging = await world.UntilAsync(Stack, "staging", rollout => rollout.Rollout.Phase.IsTerminal());
        staging.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        staging.Rollout.Reason.ShouldNotBeNull().ShouldContain("taken back on GitHub");
        world.Serving(Stack, "eastus").ShouldBe("1.0.0");
    }

    [Fact]
    public async Task What_failed_is_answered_so_recorded_so_and_done_by_the_next_sweep()
    {
        await using var world = await LedgerWorld.StartAsync(further: new Dictionary<string, string?> { [SettingNames.OnEdited] = "restart" });
        var id = world.Publish(Version);
        await world.SentAsync();
        await world.EndAsync(Version);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await ReplaceManifestAsync(world.Sandbox, world.Octokit, await world.Octokit.Repository.Release.Get(Owner, Name, id), "1.1.1");
        world.Down = new HashSet<string> { "manifests" };
        await world.Octokit.Repository.Release.Edit(Owner, Name, id, new ReleaseUpdate { Body = "another image" });
        await world.SentAsync();

        var edited = world.GitHub.Deliveries()[^1];
        edited.StatusCode.ShouldBe(500);
        (await world.RecordedAsync(edited.DeliveryId)).Verdict.ShouldBe(DeliveryVerdict.Failed);
        (await world.SweepAsync()).Problem.ShouldNotBeNull();
        (await world.HealthAsync()).Status.ShouldBe("Degraded");

        world.Down = new HashSet<string>();
        var swept = await world.SweepAsync();
        swept.Problem.ShouldBeNull();
        swept.Gaps.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            gap => gap.Verdict.ShouldBe(DeliveryVerdict.Applied),
            gap => gap.Run.ShouldBe(LedgerWorld.RunOf(Version, attempt: 2)));
        (await world.EndAsync(Version, attempt: 2)).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Theory]
    [InlineData(SettingNames.OnEdited, "sometimes", "ignore, restart")]
    [InlineData(SettingNames.OnDeleted, "1", "ignore, hold, stop")]
    public void A_policy_that_is_no_word_of_ours_is_refused(string setting, string value, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [setting] = value }).Build();

        SettingsReader.Read(configuration).Problems.Select(problem => problem.ToString()).ShouldContain($"{setting}: expected one of {expected}, found '{value}'");
    }

    private static Topology PromotedByHand(Topology topology) => World.Environment(Stack, "staging", environment => environment with
    {
        Rollout = environment.Rollout with { Promotion = Promotion.Manual },
    })(topology);

    private static Task<Functions.Rollouts.RolloutView> AwaitsPromotionAsync(World world) =>
        world.UntilAsync(Stack, "staging", rollout => rollout.Waves[0].Regions[0].Step == RegionStep.AwaitingPromotion);

    private static string RunOf(int attempt) => LedgerWorld.RunOf(Version, attempt);

    private static GitHubClient Client(World world) => new(new Connection(new ProductHeaderValue("tests"), world.Demo.Sandbox.GitHub.ApiUrl))
    {
        Credentials = new(world.Demo.Sandbox.GitHub.Options.Token),
    };

    private static Task<Octokit.Release> FindAsync(World world) => Client(world).Repository.Release.Get(Owner, Name, $"v{Version}");

    private static Task EditAsync(World world, Octokit.Release release) =>
        Client(world).Repository.Release.Edit(Owner, Name, release.Id, new ReleaseUpdate { TagName = release.TagName, Body = Guid.NewGuid().ToString() });

    private static Task ReplaceManifestAsync(World world, Octokit.Release release, string version) =>
        ReplaceManifestAsync(world.Demo.Sandbox, Client(world), release, version);

    private static async Task ReplaceManifestAsync(Sandbox.SandboxHost sandbox, GitHubClient client, Octokit.Release release, string version)
    {
        var manifest = DemoReleases.Manifest(version);
        DemoReleases.Register(sandbox, ReleaseManifestParser.Parse(manifest).Value!);
        await client.Repository.Release.DeleteAsset(Owner, Name, release.Assets.Single().Id);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(manifest));
        await client.Repository.Release.UploadAsset(release, new ReleaseAssetUpload(ReleaseManifest.AssetName, "application/json", content, null));
    }

    // The delivery that was sent last, once it has been answered.
    private static async Task<Delivery> LastAsync(World world)
    {
        var last = world.Demo.Sandbox.GitHub.Deliveries()[^1];
        await last.Sent;
        return last;
    }
}
