using System.Net.Http.Json;
using System.Text.Json;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Releases;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.EndToEnd.Tests.Deliveries;

/// <summary>A prerelease goes only where prereleases are taken, and to the rest once it is a release.</summary>
public sealed class PrereleaseTests
{
    private const string Version = "1.1.0";
    private const string Staging = "staging";
    private const string Production = "production";

    private static readonly string Early = LedgerWorld.RunOf(Version, attempt: 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prerelease_goes_only_to_environments_that_take_them_and_the_others_are_left_out()
    {
        await using var world = await TakingAsync();
        world.Publish(Version, prerelease: true);
        await world.SentAsync();

        var ended = await world.EndAsync(Version, attempt: 0);

        ended.Phase.ShouldBe(RunPhase.Succeeded);
        Ends(ended).ShouldBe(
        [
            (DemoStacks.UsClosed, Staging, RunPhase.Succeeded, null),
            (DemoStacks.UsClosed, Production, RunPhase.Skipped, "production takes no prereleases"),
            (DemoStacks.ChinaOpen, Staging, RunPhase.Skipped, "staging takes no prereleases"),
            (DemoStacks.ChinaOpen, Production, RunPhase.Skipped, "production takes no prereleases"),
        ], ignoreOrder: true);
        (await world.RunsAsync("release-")).ShouldBe([Early]);
        (await world.RunsAsync("region-")).ShouldAllBe(id => id.Contains($"{DemoStacks.UsClosed}-{Staging}", StringComparison.Ordinal));
        var shown = (await world.Http.GetFromJsonAsync<ReleaseView>($"api/releases/{Early}", JsonSerializerOptions.Web, Token)).ShouldNotBeNull();
        shown.Rollouts.Single(one => one.Rollout.Stack.Value == DemoStacks.UsClosed && one.Rollout.Environment.Value == Production).Rollout
            .ShouldSatisfyAllConditions(one => one.Phase.ShouldBe(RunPhase.Skipped), one => one.Reason.ShouldBe("production takes no prereleases"));
    }

    [Fact]
    public async Task Its_plan_says_what_stops_it_and_is_written_to_its_deployments_on_github()
    {
        await using var world = await TakingAsync();
        using var stopped = await world.Http.PostAsJsonAsync("api/lines/all/stop", new { why = "to look at the plan" }, Token);
        world.Publish(Version, prerelease: true);
        await world.SentAsync();

        var plan = (await world.Http.GetFromJsonAsync<ReleasePlanView>($"api/releases/v{Version}/plan", JsonSerializerOptions.Web, Token)).ShouldNotBeNull();

        plan.IsPrerelease.ShouldBeTrue();
        Of(DemoStacks.UsClosed, Production).Plan!.Stops.ShouldContain("production takes no prereleases");
        Of(DemoStacks.ChinaOpen, Staging).Plan!.Stops.ShouldContain("staging takes no prereleases");
        var taken = Of(DemoStacks.UsClosed, Staging).Plan.ShouldNotBeNull();
        taken.Stops.ShouldNotContain(stop => stop.Contains("prereleases", StringComparison.Ordinal));
        using var opened = await world.Http.PostAsJsonAsync("api/lines/all/open", new { }, Token);
        (await world.EndAsync(Version, attempt: 0)).Phase.ShouldBe(RunPhase.Succeeded);
        var deployments = await world.Octokit.Repository.Deployment.GetAll(DemoStacks.Repository.Owner, DemoStacks.Repository.Name);
        deployments.ShouldNotBeEmpty();
        deployments.ShouldAllBe(deployment => deployment.Environment.StartsWith($"{DemoStacks.UsClosed}/{Staging}/"));
        deployments.ShouldAllBe(deployment => deployment.Payload["plan"] == taken.Digest.Value);
        deployments.ShouldAllBe(deployment => deployment.Payload["summary"].StartsWith($"v{Version} to {DemoStacks.UsClosed}/{Staging}: "));

        PlannedRolloutView Of(string stack, string environment) => plan.Rollouts.Single(one => one.Stack.Value == stack && one.Environment.Value == environment);
    }

    [Fact]
    public async Task Once_it_is_a_release_it_goes_to_the_rest_once()
    {
        await using var world = await TakingAsync();
        var id = world.Publish(Version, prerelease: true);
        await world.SentAsync();
        await world.EndAsync(Version, attempt: 0);

        await BecomeReleaseAsync(world, id);
        await world.SentAsync();
        var ended = await world.EndAsync(Version);
        await BecomeReleaseAsync(world, id);
        await world.SentAsync();
        foreach (var delivery in world.GitHub.Deliveries())
        {
            await world.SendAsync(delivery);
        }

        (await world.SweepAsync()).Gaps.ShouldBeEmpty();
        ended.Phase.ShouldBe(RunPhase.Succeeded);
        Ends(ended).ShouldBe(
        [
            (DemoStacks.UsClosed, Staging, RunPhase.Skipped, $"v{Version} runs there since it was a prerelease"),
            (DemoStacks.UsClosed, Production, RunPhase.Succeeded, null),
            (DemoStacks.ChinaOpen, Staging, RunPhase.Succeeded, null),
            (DemoStacks.ChinaOpen, Production, RunPhase.Succeeded, null),
        ], ignoreOrder: true);
        (await world.RunsAsync("release-")).ShouldBe([Early, LedgerWorld.RunOf(Version)], ignoreOrder: true);
        (await world.RunsAsync("region-")).Count(run => run.Contains($"{DemoStacks.UsClosed}-{Staging}", StringComparison.Ordinal)).ShouldBe(1);
        var deployments = await world.Octokit.Repository.Deployment.GetAll(DemoStacks.Repository.Owner, DemoStacks.Repository.Name);
        deployments.Where(deployment => !deployment.Environment.StartsWith($"{DemoStacks.UsClosed}/{Staging}/")).ShouldAllBe(deployment => !deployment.Payload.ContainsKey("plan"));
    }

    [Fact]
    public async Task Where_it_failed_as_a_prerelease_the_release_is_tried_again()
    {
        await using var world = await TakingAsync();
        using var bad = await world.Http.PostAsJsonAsync("api/bad-releases", new { tag = $"v{Version}", bad = true, why = "not yet" }, Token);
        var id = world.Publish(Version, prerelease: true);
        await world.SentAsync();
        (await world.EndAsync(Version, attempt: 0)).Phase.ShouldBe(RunPhase.Skipped);
        using var good = await world.Http.PostAsJsonAsync("api/bad-releases", new { tag = $"v{Version}", bad = false, why = "now" }, Token);

        await BecomeReleaseAsync(world, id);

        await world.SentAsync();
        Ends(await world.EndAsync(Version)).ShouldAllBe(end => end.Phase == RunPhase.Succeeded);
    }

    [Fact]
    public async Task A_sweep_starts_a_prerelease_and_then_the_release_that_no_webhook_told_of()
    {
        await using var world = await TakingAsync();
        var id = world.Publish(Version, GitHubFault.LosesWebhooks, prerelease: true);

        var first = await world.SweepAsync();
        (await world.EndAsync(Version, attempt: 0)).Phase.ShouldBe(RunPhase.Succeeded);
        world.GitHub.Fault = GitHubFault.LosesWebhooks;
        await BecomeReleaseAsync(world, id);
        world.GitHub.Fault = null;
        var second = await world.SweepAsync();

        first.Gaps.ShouldContain(gap => gap.Run == Early);
        second.Gaps.ShouldContain(gap => gap.Run == LedgerWorld.RunOf(Version));
        (await world.EndAsync(Version)).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task Nor_does_a_person_bring_it_where_prereleases_are_not_taken()
    {
        await using var world = await TakingAsync();
        world.Publish(Version, prerelease: true);
        await world.SentAsync();
        await world.EndAsync(Version, attempt: 0);

        using var asked = await world.Http.PostAsJsonAsync("api/rollouts", new { tag = $"v{Version}", stack = DemoStacks.UsClosed, why = "to see" }, Token);

        asked.EnsureSuccessStatusCode();
        Ends(await world.EndAsync(Version, attempt: 2)).ShouldBe(
        [
            (DemoStacks.UsClosed, Staging, RunPhase.Succeeded, null),
            (DemoStacks.UsClosed, Production, RunPhase.Skipped, "production takes no prereleases"),
        ]);
    }

    [Fact]
    public async Task Where_nobody_takes_prereleases_one_starts_nothing()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Publish(Version, prerelease: true);
        await world.SentAsync();

        var published = await world.RecordedAsync(world.GitHub.Deliveries().Single(delivery => delivery.Action == "published").DeliveryId);

        (published.Verdict, published.Detail).ShouldBe((DeliveryVerdict.Ignored, "a prerelease is not rolled out: no environment takes prereleases"));
        (await world.RunsAsync(string.Empty)).ShouldBeEmpty();
    }

    private static Task<LedgerWorld> TakingAsync() =>
        LedgerWorld.StartAsync(shape: World.Environment(DemoStacks.UsClosed, Staging, environment => environment with { Prereleases = true }));

    private static Task BecomeReleaseAsync(LedgerWorld world, long id) =>
        world.Octokit.Repository.Release.Edit(DemoStacks.Repository.Owner, DemoStacks.Repository.Name, id, new ReleaseUpdate { Prerelease = false });

    private static IEnumerable<(string Stack, string Environment, RunPhase Phase, string? Reason)> Ends(ReleaseRun run) =>
        run.Stacks.SelectMany(stack => stack.Environments.Select(one => (stack.Stack.Value, one.Environment.Value, one.Phase, one.Reason)));
}
