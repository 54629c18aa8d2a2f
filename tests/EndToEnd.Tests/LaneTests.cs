using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Several releases at once, one lane for each environment.</summary>
public sealed class LaneTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Staging = "staging";
    private const string Production = "production";

    [Fact]
    public async Task A_newer_release_waits_until_the_lane_is_free_and_then_goes()
    {
        await using var world = await World.OfAsync(Stack, PromotedByHand(LanePolicy.Default));
        await world.PublishAsync("1.1.0");
        var first = await AwaitsPromotionAsync(world, "1.1.0");
        await world.PublishAsync("1.2.0");

        var second = await WaitsAsync(world, "1.2.0");
        second.Status!.Reason.ShouldBe("v1.1.0 has the lane");
        second.Waves.SelectMany(wave => wave.Regions).ShouldAllBe(run => run.Step == RegionStep.Pending);
        (await world.DecideAsync(first, "promote")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await world.DecideAsync(await AwaitsPromotionAsync(world, "1.2.0"), "promote");

        (await world.EndAsync("v1.2.0")).Phase.ShouldBe(RunPhase.Succeeded);
        (await world.EndAsync("v1.1.0")).Rollouts.Single(At(Staging)).Rollout.Phase.ShouldBe(RunPhase.Succeeded);
        world.Serving(Stack, "eastus").ShouldBe("1.2.0");
        (await world.LaneAsync(Stack, Staging)).Promoted!.Tag.Value.ShouldBe("v1.2.0");
    }

    [Fact]
    public async Task The_latest_release_supersedes_those_that_wait()
    {
        await using var world = await World.OfAsync(Stack, PromotedByHand(LanePolicy.Default));
        await world.PublishAsync("1.1.0");
        await AwaitsPromotionAsync(world, "1.1.0");
        await world.PublishAsync("1.2.0");
        await WaitsAsync(world, "1.2.0");
        await world.PublishAsync("1.3.0");

        var superseded = await world.UntilAsync(Stack, Staging, rollout => rollout.Rollout.Phase.IsTerminal(), "1.2.0");

        superseded.Rollout.Phase.ShouldBe(RunPhase.Superseded);
        superseded.Rollout.Reason.ShouldBe("superseded by v1.3.0");
        (await world.EndAsync("v1.2.0")).Rollouts.Any(At(Production)).ShouldBeFalse("what is superseded goes no further");
        (await world.LaneAsync(Stack, Staging)).Queue.Select(ticket => ticket.Tag.Value).ShouldBe(["v1.3.0"]);
    }

    [Fact]
    public async Task First_come_first_served_lets_each_release_have_its_turn()
    {
        await using var world = await World.OfAsync(Stack, PromotedByHand(new(QueuePolicy.Fifo, RunningPolicy.Finish)));
        await world.PublishAsync("1.1.0");
        var running = await AwaitsPromotionAsync(world, "1.1.0");
        await world.PublishAsync("1.2.0");
        await WaitsAsync(world, "1.2.0");
        await world.PublishAsync("1.3.0");
        await WaitsAsync(world, "1.3.0");

        await world.DecideAsync(running, "promote");
        await world.DecideAsync(await AwaitsPromotionAsync(world, "1.2.0"), "promote");
        await world.DecideAsync(await AwaitsPromotionAsync(world, "1.3.0"), "promote");

        foreach (var version in new[] { "1.1.0", "1.2.0", "1.3.0" })
        {
            (await world.EndAsync($"v{version}")).Rollouts.Single(At(Staging)).Rollout.Phase.ShouldBe(RunPhase.Succeeded);
        }
    }

    [Fact]
    public async Task A_newer_release_has_the_running_one_stopped_where_policy_says_so()
    {
        await using var world = await World.OfAsync(Stack, PromotedByHand(new(QueuePolicy.Latest, RunningPolicy.Abort)));
        await world.PublishAsync("1.1.0");
        await AwaitsPromotionAsync(world, "1.1.0");

        await world.PublishAsync("1.2.0");

        await world.DecideAsync(await AwaitsPromotionAsync(world, "1.2.0"), "promote");
        (await world.EndAsync("v1.2.0")).Phase.ShouldBe(RunPhase.Succeeded);
        var aborted = (await world.EndAsync("v1.1.0")).Rollouts.Single(At(Staging));
        aborted.Rollout.Phase.ShouldBe(RunPhase.Superseded);
        aborted.Rollout.Reason.ShouldBe("superseded by v1.2.0");
        aborted.Waves[0].Regions[0].Step.ShouldBe(RegionStep.RolledBack);
    }

    [Fact]
    public async Task Another_stack_and_another_environment_never_wait()
    {
        await using var world = await World.StartAsync(PromotedByHand(LanePolicy.Default));
        await world.PublishAsync("1.1.0");
        await AwaitsPromotionAsync(world, "1.1.0");

        foreach (var environment in new[] { Staging, Production })
        {
            (await world.UntilAsync(DemoStacks.ChinaOpen, environment, rollout => rollout.Rollout.Phase.IsTerminal())).Rollout.Phase.ShouldBe(RunPhase.Succeeded);
        }

        (await world.LaneAsync(Stack, Production)).Running.ShouldBeNull();
    }

    [Fact]
    public async Task An_older_version_than_what_runs_is_not_rolled_out_unless_a_person_asks_to_go_back()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync("1.1.0");
        await world.RollOutAsync("1.3.0");

        var older = await world.RollOutAsync("1.2.0");
        older.Phase.ShouldBe(RunPhase.Skipped);
        older.Rollouts.Select(rollout => rollout.Rollout.Reason).ShouldAllBe(reason => reason == "1.2.0 is older than 1.3.0, which runs; going back has to be asked for");

        var back = await StartAsync(world, new { tag = "v1.1.0", stack = Stack, environment = Production, rollBack = true, why = "it was better" });
        back.Phase.ShouldBe(RunPhase.Succeeded);
        back.Rollouts.ShouldHaveSingleItem().Rollout.Environment.Value.ShouldBe(Production);
        world.Serving(Stack, "westus3").ShouldBe("1.1.0");
        world.Serving(Stack, "eastus").ShouldBe("1.3.0", "staging was not meant");
        world.Serving(DemoStacks.ChinaOpen, "chinanorth3").ShouldBe("1.3.0", "the other stack was not meant");
        (await world.EventsAsync(back.Rollouts[0])).Select(happened => happened.Step).ShouldNotContain(RegionStep.Shifting, "going back skips the steps");
        (await world.LaneAsync(Stack, Production)).Promoted!.Version.ShouldBe("1.1.0");
    }

    [Fact]
    public async Task A_rollback_is_not_rolled_back()
    {
        await using var world = await World.OfAsync(Stack, PromotedByHand(LanePolicy.Default));
        await world.PublishAsync("1.1.0");
        await AwaitsPromotionAsync(world, "1.1.0");
        using var started = await world.PostAsync("rollouts", new { tag = "v1.1.0", stack = Stack, environment = Staging, rollBack = true, why = "again" });
        var run = (await started.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["id"]!.GetValue<string>();
        await world.UntilRunAsync(run, release => release.Rollouts is [{ Status.Reason: not null }]);

        using var refused = await world.DecideAsync((await world.FindRunAsync(run))!.Rollouts[0], "rollBack");

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("a rollback is not rolled back");
    }

    [Fact]
    public async Task A_release_that_is_marked_bad_never_rolls_out()
    {
        await using var world = await World.StartAsync();
        (await world.PostAsync("bad-releases", new { tag = "v1.1.0", bad = true, why = "leaks memory" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var ended = await world.RollOutAsync("1.1.0");

        ended.Phase.ShouldBe(RunPhase.Skipped);
        ended.Rollouts.ShouldAllBe(rollout => rollout.Rollout.Reason == "v1.1.0 has been marked bad");
        world.Serving(Stack, "eastus").ShouldBe("1.0.0");
        (await world.PostAsync("bad-releases", new { tag = "v1.1.0", bad = false, why = "it was the driver" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StartAsync(world, new { tag = "v1.1.0", why = "the mark is gone" })).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task A_stopped_line_holds_its_stack_and_no_other_until_it_is_opened()
    {
        await using var world = await World.StartAsync();
        (await world.PostAsync($"lines/{Stack}/stop", new { why = "incident 7" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await world.PublishAsync("1.1.0");

        (await WaitsAsync(world, "1.1.0")).Status!.Reason.ShouldBe("the line is stopped by holder of the function key: incident 7");
        await world.UntilAsync(DemoStacks.ChinaOpen, Production, rollout => rollout.Rollout.Phase == RunPhase.Succeeded);
        (await world.PostAsync($"lines/{Stack}/open")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await world.EndAsync("v1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task A_line_that_is_stopped_in_the_middle_lets_no_further_wave_begin()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, Production, ByHand));
        await world.PublishAsync("1.1.0");
        var canary = await world.UntilAsync(Stack, Production, rollout => rollout.Waves[0].Regions[0].Step == RegionStep.AwaitingPromotion);
        (await world.PostAsync("lines/all/stop", new { why = "freeze" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await world.DecideAsync(canary, "promote");

        var held = await world.UntilAsync(Stack, Production, rollout => rollout.Status?.Activity == RolloutActivity.Waiting);
        held.Status!.Reason.ShouldBe("the line is stopped for all stacks by holder of the function key: freeze");
        held.Waves[0].Regions[0].Step.ShouldBe(RegionStep.Promoted, "what a region has begun it finishes");
        held.Waves[1].Regions[0].Step.ShouldBe(RegionStep.Pending);
        await world.PostAsync("lines/all/open");
        await world.UntilAsync(Stack, Production, rollout => rollout.Waves[1].Regions[0].Step == RegionStep.AwaitingPromotion);
    }

    [Fact]
    public async Task What_is_taken_back_while_the_line_holds_it_goes_back_and_begins_nothing_more()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, Production, ByHand));
        await world.PublishAsync("1.1.0");
        var canary = await world.UntilAsync(Stack, Production, rollout => rollout.Waves[0].Regions[0].Step == RegionStep.AwaitingPromotion);
        await world.PostAsync("lines/all/stop", new { why = "look at this" });
        await world.DecideAsync(canary, "promote");
        var held = await world.UntilAsync(Stack, Production, rollout => rollout.Status?.Activity == RolloutActivity.Waiting);

        (await world.DecideAsync(held, "rollBack", new { why = "it is bad" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var ended = await world.UntilAsync(Stack, Production, rollout => rollout.Rollout.Phase.IsTerminal());
        ended.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        ended.Rollout.Reason.ShouldNotBeNull().ShouldEndWith("it is bad");
        ended.Waves[0].Regions[0].Step.ShouldBe(RegionStep.RolledBack);
        ended.Waves.Skip(1).SelectMany(wave => wave.Regions).ShouldAllBe(run => run.Step == RegionStep.Skipped);
    }

    [Fact]
    public async Task A_rollback_that_failed_halts_the_lane_until_somebody_has_looked()
    {
        await using var world = (await World.OfAsync(Stack)).With(Stack, "eastus", FaultKind.Unhealthy, FaultReach.All);
        (await world.RollOutAsync("1.1.0")).Phase.ShouldBe(RunPhase.Failed);
        (await world.LaneAsync(Stack, Staging)).Halted.ShouldNotBeNull().ShouldContain("somebody has to look");
        await world.PublishAsync("1.2.0");
        (await WaitsAsync(world, "1.2.0")).Status!.Reason.ShouldNotBeNull().ShouldStartWith("v1.1.0 failed");

        world.Faults(Stack).Clear("eastus");
        (await world.PostAsync($"lanes/{Stack}/{Staging}/open")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var ended = await world.EndAsync("v1.2.0");
        ended.Phase.ShouldBe(RunPhase.Succeeded, string.Join("; ", ended.Rollouts.Select(rollout => rollout.Rollout.Reason)));
    }

    [Fact]
    public async Task A_stack_may_limit_how_many_of_its_regions_are_at_work_at_once()
    {
        var inOneWave = World.Environment(Stack, Production, environment => environment with
        {
            Waves = [environment.Waves[0] with { Regions = [.. environment.Regions] }],
        });
        await using var world = await World.StartAsync(topology => inOneWave(topology with { Stacks = [.. topology.Stacks.Select(stack => stack with { MaxRegionsAtWork = 2 })] }));

        var ended = await world.RollOutAsync();

        ended.Phase.ShouldBe(RunPhase.Succeeded);
        var atWork = 0;
        var counts = (await world.EventsAsync(ended.Rollouts.Single(At(Production)))).Select(happened =>
            atWork += happened.Step switch { RegionStep.Deploying => 1, RegionStep.Promoted => -1, _ => 0 });
        counts.Max().ShouldBe(2);
    }

    [Theory]
    [InlineData("lines/nowhere/stop", """{ "why": "x" }""", HttpStatusCode.NotFound, "us-closed")]
    [InlineData("lines/all/stop", "{}", HttpStatusCode.BadRequest, "why")]
    [InlineData("lanes/us-closed/nowhere/open", "{}", HttpStatusCode.NotFound, "us-closed/nowhere")]
    [InlineData("bad-releases", """{ "tag": "v1" }""", HttpStatusCode.BadRequest, "bad")]
    [InlineData("bad-releases", "no json", HttpStatusCode.BadRequest, "expected JSON")]
    [InlineData("rollouts", """{ "why": "x" }""", HttpStatusCode.BadRequest, "tag")]
    [InlineData("rollouts", """{ "tag": "v1", "why": "x", "stack": "mars" }""", HttpStatusCode.BadRequest, "found 'mars'")]
    [InlineData("rollouts", """{ "tag": "v1", "why": "x", "environment": "mars" }""", HttpStatusCode.BadRequest, "found 'mars'")]
    public async Task What_cannot_be_done_is_refused_with_what_was_expected(string path, string body, HttpStatusCode status, string expected)
    {
        await using var world = await World.StartAsync();

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await world.Keyed.PostAsync(new Uri($"api/{path}", UriKind.Relative), content, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(expected);
    }

    // Staging's rollouts wait for a person, so that a test can have one in the lane for as long as it likes.
    private static Func<Topology, Topology> PromotedByHand(LanePolicy lane) =>
        World.Environment(Stack, Staging, environment => ByHand(environment) with { Lane = lane });

    private static EnvironmentDefinition ByHand(EnvironmentDefinition environment) =>
        environment with { Rollout = environment.Rollout with { Promotion = Promotion.Manual } };

    private static Task<RolloutView> AwaitsPromotionAsync(World world, string version) =>
        world.UntilAsync(Stack, Staging, rollout => rollout.Waves[0].Regions[0].Step == RegionStep.AwaitingPromotion, version);

    private static Task<RolloutView> WaitsAsync(World world, string version) =>
        world.UntilAsync(Stack, Staging, rollout => rollout.Status?.Activity == RolloutActivity.Waiting, version);

    private static Func<RolloutView, bool> At(string environment) =>
        rollout => rollout.Rollout.Stack.Value == Stack && rollout.Rollout.Environment.Value == environment;

    private static async Task<ReleaseView> StartAsync(World world, object body)
    {
        using var started = await world.PostAsync("rollouts", body);
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await started.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["id"]!.GetValue<string>();
        await world.Demo.Host.Client.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken);
        return (await world.FindRunAsync(id)).ShouldNotBeNull();
    }
}
