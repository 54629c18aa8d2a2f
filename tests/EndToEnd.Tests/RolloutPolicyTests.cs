using System.Net;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What policy says, as it shows in a rollout.</summary>
public sealed class RolloutPolicyTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Production = "production";

    [Fact]
    public async Task Waves_follow_one_another_in_order_and_a_region_of_a_later_one_begins_after_the_bake()
    {
        await using var world = await World.StartAsync();

        var rollout = Of(await world.RollOutAsync());

        var events = await world.EventsAsync(rollout);
        var activities = events.Where(happened => happened.Activity is not null).Select(happened => $"{happened.Wave} {happened.Activity}");
        activities.ShouldBe(rollout.Waves.Select(wave => $"{wave.Wave} {RolloutActivity.RollingOut}"));
        foreach (var (earlier, later) in rollout.Waves.Zip(rollout.Waves.Skip(1)))
        {
            events.Where(happened => happened.Wave == earlier.Wave && happened.Region is not null).Max(happened => happened.At)
                .ShouldBeLessThanOrEqualTo(events.Where(happened => happened.Wave == later.Wave).Min(happened => happened.At));
        }
    }

    [Fact]
    public async Task A_region_takes_the_steps_that_policy_names_with_the_weights_that_it_names()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, Production, environment => environment with
        {
            Rollout = environment.Rollout with { Traffic = [new(5, TimeSpan.Zero), new(30, TimeSpan.Zero, Analysis: false), new(60, TimeSpan.Zero)] },
        }));

        var events = await world.EventsAsync(Of(await world.RollOutAsync()));

        events.Where(happened => happened.Region?.Value == "westus3").Select(happened => $"{happened.Step} {happened.Weight}").ShouldBe(
            ["Deploying 0", "Verifying 0", "Shifting 5", "Verifying 5", "Shifting 30", "Shifting 60", "Verifying 60", "Promoting 100", "Promoted 100"]);
    }

    [Fact]
    public async Task No_more_regions_are_at_work_at_once_than_policy_allows()
    {
        await using var world = await World.OfAsync(Stack, OneWave(wave => wave with { MaxParallel = 2 }));

        var rollout = Of(await world.RollOutAsync());

        rollout.Rollout.Phase.ShouldBe(RunPhase.Succeeded);
        AtWork(await world.EventsAsync(rollout)).Max().ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_limit_a_waves_regions_are_at_work_together()
    {
        await using var world = await World.OfAsync(Stack, OneWave(wave => wave));

        AtWork(await world.EventsAsync(Of(await world.RollOutAsync()))).Max().ShouldBe(4);
    }

    [Fact]
    public async Task A_wave_with_enough_healthy_regions_goes_on_and_only_the_bad_one_goes_back()
    {
        await using var world = (await World.OfAsync(Stack, OneWave(wave => wave with { MinHealthy = 3 }))).With(Stack, "westus3", FaultKind.Errors);

        var rollout = Of(await world.RollOutAsync());

        rollout.Rollout.Phase.ShouldBe(RunPhase.Partial);
        rollout.Rollout.Reason.ShouldNotBeNull().ShouldStartWith("westus3:");
        world.Serving(Stack, "westus3").ShouldBe("1.0.0");
        world.Serving(Stack, "eastus2").ShouldBe("1.1.0");
    }

    [Fact]
    public async Task Too_few_healthy_regions_stop_the_wave_and_no_further_region_is_begun()
    {
        await using var world = (await World.OfAsync(Stack, OneWave(wave => wave with { MinHealthy = 3, MaxParallel = 1 })))
            .With(Stack, "westcentralus", FaultKind.Errors)
            .With(Stack, "westus3", FaultKind.DeployFails);

        var rollout = Of(await world.RollOutAsync());

        rollout.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        Steps(rollout).ShouldBe([RegionStep.RolledBack, RegionStep.RolledBack, RegionStep.Skipped, RegionStep.Skipped]);
    }

    [Fact]
    public async Task A_stopped_wave_takes_back_the_regions_that_are_under_way()
    {
        // Regions that hold their first share for a day are under way when another one fails.
        await using var world = (await World.OfAsync(Stack, OneWave(wave => wave, rollout => rollout with { Traffic = [new(10, TimeSpan.FromDays(1))] })))
            .With(Stack, "westus3", FaultKind.DeployFails);

        var rollout = Of(await world.RollOutAsync());

        rollout.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        Steps(rollout).ShouldAllBe(step => step == RegionStep.RolledBack);
        rollout.Waves[0].Regions[0].Reason.ShouldNotBeNull().ShouldContain("stopped, because westus3 did not succeed");
        world.Serving(Stack, "eastus2").ShouldBe("1.0.0");
    }

    [Theory]
    [InlineData(RollbackScope.Region, "1.1.0,1.1.0,1.1.0,1.0.0")]
    [InlineData(RollbackScope.Wave, "1.1.0,1.1.0,1.0.0,1.0.0")]
    [InlineData(RollbackScope.Environment, "1.0.0,1.0.0,1.0.0,1.0.0")]
    public async Task A_failure_reaches_as_far_as_policy_says(RollbackScope scope, string expected)
    {
        await using var world = (await World.OfAsync(Stack, World.Environment(Stack, Production, environment => environment with
        {
            Rollout = environment.Rollout with { RollBack = scope },
            Waves = [.. environment.Waves.Select(wave => wave with { MaxParallel = 1 })],
        }))).With(Stack, "southcentralus", FaultKind.Errors);

        var rollout = Of(await world.RollOutAsync());

        rollout.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        string.Join(',', rollout.Waves.SelectMany(wave => wave.Regions).Select(run => world.Serving(Stack, run.Region.Value))).ShouldBe(expected);
    }

    [Fact]
    public async Task A_failure_that_policy_pauses_at_is_tried_again_when_a_person_says_so()
    {
        await using var world = (await World.OfAsync(Stack, Policy(rollout => rollout with { OnFailure = FailureAction.Pause }))).With(Stack, "westcentralus", FaultKind.Errors, FaultReach.All);
        await world.PublishAsync();
        var paused = await world.UntilAsync(Stack, Production, one => Steps(one).Contains(RegionStep.Paused));
        (await world.DecideAsync(paused, "promote")).StatusCode.ShouldBe(HttpStatusCode.Conflict, "nothing awaits promotion");

        world.Faults(Stack).Clear("westcentralus");
        (await world.DecideAsync(paused, "resume", new { why = "the dependency is back" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var rollout = Of(await world.EndAsync("v1.1.0"));
        rollout.Rollout.Phase.ShouldBe(RunPhase.Succeeded);
        (await world.EventsAsync(rollout)).Select(happened => happened.Step).ShouldContain(RegionStep.Paused);
        (await world.DecideAsync(paused, "resume")).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it has ended");
    }

    [Fact]
    public async Task A_pause_leaves_everything_as_it_is_and_a_person_may_roll_back()
    {
        await using var world = (await World.OfAsync(Stack, Policy(rollout => rollout with { OnFailure = FailureAction.Pause }))).With(Stack, "eastus2", FaultKind.Errors);
        await world.PublishAsync();
        var paused = await world.UntilAsync(Stack, Production, one => Steps(one)[2] == RegionStep.Paused && Steps(one)[3] == RegionStep.Promoted);
        world.Serving(Stack, "westcentralus").ShouldBe("1.1.0");

        (await world.DecideAsync(paused, "rollBack", new { why = "not today" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var rollout = Of(await world.EndAsync("v1.1.0"));
        rollout.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        rollout.Rollout.Reason.ShouldBe("rolled back by holder of the function key: not today");
        Steps(rollout).ShouldAllBe(step => step == RegionStep.RolledBack);
    }

    [Fact]
    public async Task A_pause_that_nobody_answers_ends_with_a_rollback()
    {
        await using var world = (await World.OfAsync(Stack, Policy(rollout => rollout with
        {
            OnFailure = FailureAction.Pause,
            Limits = rollout.Limits with { Decision = TimeSpan.FromMilliseconds(50) },
        }))).With(Stack, "westcentralus", FaultKind.Errors);

        var rollout = Of(await world.RollOutAsync());

        rollout.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        rollout.Rollout.Reason.ShouldNotBeNull().ShouldContain("nobody decided within 50ms");
    }

    [Theory]
    [InlineData(FaultKind.Unreachable, Verdict.Error)]
    [InlineData(FaultKind.Errors, Verdict.Fail)]
    public async Task Only_the_outcome_that_policy_names_pauses(FaultKind fault, Verdict verdict)
    {
        await using var world = (await World.OfAsync(Stack, Policy(rollout => rollout with { OnError = FailureAction.Pause }))).With(Stack, "westcentralus", fault);
        await world.PublishAsync();

        var stood = await world.UntilAsync(Stack, Production, one => Steps(one)[0] is RegionStep.Paused or RegionStep.RolledBack);

        stood.Waves[0].Regions[0].Verdict.ShouldBe(verdict);
        Steps(stood)[0].ShouldBe(verdict == Verdict.Error ? RegionStep.Paused : RegionStep.RolledBack);
    }

    [Fact]
    public async Task A_release_may_ask_for_a_person_to_promote_it()
    {
        await using var world = await World.StartAsync();
        var manifest = DemoReleases.Manifest(DemoReleases.NextVersion).Replace("\"closedModels\"", "\"rollout\": { \"promotion\": \"manual\" }, \"closedModels\"", StringComparison.Ordinal);
        await world.PublishAsync(manifest: manifest);

        var waiting = await world.UntilAsync(Stack, "staging", one => Steps(one)[0] == RegionStep.AwaitingPromotion);
        waiting.Waves[0].Regions[0].Weight.ShouldBe(50);
        (await world.DecideAsync(waiting, "promote")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await world.UntilAsync(Stack, "staging", one => one.Rollout.Phase == RunPhase.Succeeded);
        var next = await world.UntilAsync(Stack, Production, one => Steps(one)[0] == RegionStep.AwaitingPromotion);
        (await world.DecideAsync(next, "rollBack")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await world.EndAsync("v1.1.0")).Rollouts.Single(one => one.Rollout.Id == next.Rollout.Id).Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        world.Serving(DemoStacks.ChinaOpen, "chinanorth3").ShouldBe("1.1.0", "the other stack's manifest did not ask for it");
    }

    [Fact]
    public async Task A_candidate_has_an_address_under_its_label_before_it_has_any_traffic()
    {
        await using var world = (await World.OfAsync(Stack, Policy(rollout => rollout with { OnFailure = FailureAction.Pause }))).With(Stack, "westcentralus", FaultKind.Errors);
        await world.PublishAsync();
        var paused = await world.UntilAsync(Stack, Production, one => Steps(one)[0] == RegionStep.Paused);
        paused.Waves[0].Regions[0].Weight.ShouldBe(0);

        var version = await world.WorkloadAsync(Stack, "westcentralus", "candidate", "/health");

        version.ShouldContain("Healthy");
    }

    [Fact]
    public async Task A_rollback_that_ends_on_an_unfit_baseline_has_failed()
    {
        await using var world = (await World.OfAsync(Stack, OneWave(wave => wave with { MinHealthy = 1, MaxParallel = 1 }))).With(Stack, "westcentralus", FaultKind.Unhealthy, FaultReach.All);

        var rollout = Of(await world.RollOutAsync());

        rollout.Rollout.Phase.ShouldBe(RunPhase.Failed);
        Steps(rollout).ShouldBe([RegionStep.RollbackFailed, RegionStep.Skipped, RegionStep.Skipped, RegionStep.Skipped], "a rollback that failed stops the wave, whatever is tolerated");
        rollout.Rollout.Reason.ShouldNotBeNull().ShouldContain("the baseline has its traffic back and does not pass");
        world.Serving(Stack, "westcentralus").ShouldBe("1.0.0");
    }

    [Theory]
    [InlineData("rollouts/rollout-none/resume", HttpStatusCode.NotFound)]
    [InlineData("rollouts/rollout-none/events", HttpStatusCode.NotFound)]
    [InlineData("rollouts/rollout-none/dance", HttpStatusCode.NotFound)]
    public async Task Decisions_about_nothing_are_refused(string path, HttpStatusCode expected)
    {
        await using var world = await World.StartAsync();

        using var answer = path.EndsWith("events", StringComparison.Ordinal)
            ? await world.Keyed.GetAsync(new Uri($"api/{path}", UriKind.Relative), TestContext.Current.CancellationToken)
            : await world.Keyed.PostAsync(new Uri($"api/{path}", UriKind.Relative), null, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(expected);
        (await world.Http.PostAsync(new Uri("api/rollouts/rollout-none/resume", UriKind.Relative), null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static Func<Topology, Topology> Policy(Func<RolloutPolicy, RolloutPolicy> shape) =>
        World.Environment(Stack, Production, environment => environment with { Rollout = shape(environment.Rollout) });

    // All four regions of the environment in one wave.
    private static Func<Topology, Topology> OneWave(Func<WaveDefinition, WaveDefinition> shape, Func<RolloutPolicy, RolloutPolicy>? policy = null) =>
        World.Environment(Stack, Production, environment => environment with
        {
            Waves = [shape(environment.Waves[0] with { Regions = [.. environment.Regions], MaxParallel = null, MinHealthy = null })],
            Rollout = policy is null ? environment.Rollout : policy(environment.Rollout),
        });

    private static RolloutView Of(Functions.Releases.ReleaseView release) =>
        release.Rollouts.Single(rollout => rollout.Rollout.Stack.Value == Stack && rollout.Rollout.Environment.Value == Production);

    private static RegionStep[] Steps(RolloutView rollout) => [.. rollout.Waves.SelectMany(wave => wave.Regions).Select(run => run.Step)];

    // How many regions are between their first step and their end, after each event.
    private static IEnumerable<int> AtWork(IEnumerable<RolloutEvent> events)
    {
        var atWork = 0;
        foreach (var step in events.Select(happened => happened.Step))
        {
            atWork += step switch { RegionStep.Deploying => 1, RegionStep.Promoted => -1, _ => 0 };
            yield return atWork;
        }
    }
}
