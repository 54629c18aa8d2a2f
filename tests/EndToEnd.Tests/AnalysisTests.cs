using Orchestrator.Core.Analysis;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The candidate against its baseline, by whatever a region offers: one region of one stack, on simulated time.</summary>
public sealed class AnalysisTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Region = "eastus";
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(MeasurementSource.Requests)]
    [InlineData(MeasurementSource.Prometheus)]
    [InlineData(MeasurementSource.AzureMonitor)]
    public async Task A_candidate_like_its_baseline_passes_by_every_source(MeasurementSource source)
    {
        await using var world = await StartAsync(By(source));

        (await RunAsync(world)).Step.ShouldBe(RegionStep.Promoted);
    }

    [Theory]
    [InlineData(MeasurementSource.Requests, FaultKind.Errors, "errors (requests)")]
    [InlineData(MeasurementSource.Requests, FaultKind.Filtered, "contentFiltered (requests)")]
    [InlineData(MeasurementSource.Requests, FaultKind.RateLimited, "rateLimited (requests)")]
    [InlineData(MeasurementSource.Prometheus, FaultKind.Errors, "errors (prometheus)")]
    [InlineData(MeasurementSource.Prometheus, FaultKind.Filtered, "contentFiltered (prometheus)")]
    [InlineData(MeasurementSource.Prometheus, FaultKind.RateLimited, "rateLimited (prometheus)")]
    [InlineData(MeasurementSource.AzureMonitor, FaultKind.Errors, "errors (azureMonitor)")]
    [InlineData(MeasurementSource.AzureMonitor, FaultKind.RateLimited, "rateLimited (azureMonitor)")]
    public async Task A_candidate_that_is_worse_fails_by_the_series_that_it_is_worse_in(MeasurementSource source, FaultKind fault, string series)
    {
        await using var world = await StartAsync(By(source), fault);

        var run = await RunAsync(world);

        run.Step.ShouldBe(RegionStep.RolledBack);
        run.Verdict.ShouldBe(Verdict.Fail);
        run.Reason.ShouldNotBeNull().ShouldStartWith($"{series}: expected at most ");
    }

    [Fact]
    public async Task A_slower_candidate_fails_by_the_distribution_of_its_latency()
    {
        await using var world = await StartAsync(By(MeasurementSource.Prometheus, MetricPolicy.Default(Metric.Latency), MetricPolicy.Default(Metric.FirstToken)));

        (await RunAsync(world, slowness: 4)).Reason.ShouldNotBeNull().ShouldStartWith("latency (prometheus): expected at most 25% slower than the baseline (50ms aside)");
    }

    [Theory]
    [InlineData(FaultKind.MetricsEmpty)]
    [InlineData(FaultKind.MetricsNan)]
    public async Task Missing_data_leave_it_open_and_policy_says_what_follows(FaultKind fault)
    {
        await using var world = await StartAsync(By(MeasurementSource.Prometheus), fault, rollout: rollout => rollout with
        {
            OnInconclusive = FailureAction.Pause,
            Limits = rollout.Limits with { Decision = TimeSpan.FromMinutes(30) },
        });

        var (run, events) = await RunWithEventsAsync(world);

        run.Verdict.ShouldBe(Verdict.Inconclusive);
        run.Reason.ShouldNotBeNull().ShouldContain("errors (prometheus): expected measurements of candidate and baseline, found nothing of ");
        events.Select(happened => happened.Step).ShouldContain(RegionStep.Paused);
    }

    [Fact]
    public async Task A_series_that_exists_only_when_something_is_wrong_may_be_missing()
    {
        await using var world = await StartAsync(By(MeasurementSource.Prometheus, MetricPolicy.Default(Metric.Errors) with { IfMissing = MissingData.Pass }), FaultKind.MetricsEmpty);

        (await RunAsync(world)).Step.ShouldBe(RegionStep.Promoted);
    }

    [Theory]
    [InlineData(MeasurementSource.Prometheus, "expected metrics at /metrics of")]
    [InlineData(MeasurementSource.AzureMonitor, "ARM answered 503 ServiceUnavailable")]
    public async Task A_source_that_is_down_is_an_error_with_a_limit_of_its_own_and_no_bad_release(MeasurementSource source, string reason)
    {
        await using var world = await StartAsync(By(source), FaultKind.MetricsDown, reach: FaultReach.All);

        var (run, events) = await RunWithEventsAsync(world);

        run.Verdict.ShouldBe(Verdict.Error);
        run.Reason.ShouldNotBeNull().ShouldContain(reason);
        var verifying = events.Last(happened => happened.Step == RegionStep.Verifying).At;
        (events.First(happened => happened.Step == RegionStep.RollingBack).At - verifying).ShouldBeLessThan(TimeSpan.FromMinutes(7), "measuring without a result has five minutes, not the fifteen of a verification");
    }

    [Fact]
    public async Task A_dry_run_is_told_and_changes_nothing()
    {
        await using var world = await StartAsync(By(MeasurementSource.Prometheus, MetricPolicy.Default(Metric.Errors) with { DryRun = true }), FaultKind.Errors);

        var run = await RunAsync(world);

        run.Step.ShouldBe(RegionStep.Promoted);
        run.Reason.ShouldNotBeNull().ShouldContain("dry run: errors (prometheus): expected at most 2% more than the baseline");
    }

    [Fact]
    public async Task A_bad_candidate_is_found_in_the_background_before_its_hold_is_over()
    {
        await using var world = await StartAsync(By(MeasurementSource.Prometheus), FaultKind.Errors, hold: TimeSpan.FromMinutes(40));

        var (run, events) = await RunWithEventsAsync(world);

        run.Step.ShouldBe(RegionStep.RolledBack);
        events.Select(happened => $"{happened.Step} {happened.Weight}").ShouldBe(["Deploying 0", "Verifying 0", "Shifting 10", "RollingBack 0", "RolledBack 0"]);
        TimedWorld.Between(events, RegionStep.Shifting, RegionStep.RollingBack).ShouldBeLessThan(TimeSpan.FromMinutes(21));
    }

    [Fact]
    public async Task A_limit_is_watched_through_the_bake_and_fails_at_once_however_long_all_was_well()
    {
        await using var world = await StartAsync(Limited, bake: TimeSpan.FromMinutes(50));
        using var _ = BadAfter(world, TimeSpan.FromMinutes(35));

        var (run, events) = await RunWithEventsAsync(world);

        run.Step.ShouldBe(RegionStep.RolledBack);
        run.Reason.ShouldNotBeNull().ShouldStartWith("errors (prometheus): expected at most 10%");
        (events.First(happened => happened.Step == RegionStep.RollingBack).At - events[0].At).ShouldBeLessThan(TimeSpan.FromMinutes(46));
    }

    [Fact]
    public async Task A_candidate_that_turns_bad_while_a_person_is_waited_for_goes_back()
    {
        await using var world = await StartAsync(Limited, rollout: rollout => rollout with
        {
            Promotion = Promotion.Manual,
            Limits = rollout.Limits with { Decision = TimeSpan.FromMinutes(40) },
        });
        using var _ = BadAfter(world, TimeSpan.FromMinutes(12));

        var (run, events) = await RunWithEventsAsync(world);

        run.Verdict.ShouldBe(Verdict.Fail);
        run.Reason.ShouldNotBeNull().ShouldStartWith("errors (prometheus): expected at most 10%");
        TimedWorld.Between(events, RegionStep.AwaitingPromotion, RegionStep.RollingBack).ShouldBeLessThan(TimeSpan.FromMinutes(39));
    }

    [Fact]
    public async Task A_hold_that_was_paused_goes_on_when_a_person_says_so_and_the_candidate_has_to_pass_once_more()
    {
        var second = TimeSpan.FromSeconds(1);
        await using var world = (await World.StartAsync(World.Environment(Stack, "staging", environment => environment with
        {
            Rollout = environment.Rollout with { Traffic = [new(10, 4 * second, Analysis: false)], OnFailure = FailureAction.Pause },
            Verification = environment.Verification with { MaxErrorRate = 1 },
            Analysis = By(MeasurementSource.Requests, MetricPolicy.Default(Metric.Errors) with { MaxShare = 0.05 }) with { Every = second },
        }))).With(Stack, Region, FaultKind.Errors, FaultReach.All);
        await world.PublishAsync();
        var paused = await world.UntilAsync(Stack, "staging", rollout => rollout.Waves[0].Regions[0].Step == RegionStep.Paused);

        world.Faults(Stack).Clear(Region);
        (await world.DecideAsync(paused, "resume")).EnsureSuccessStatusCode();

        var rollout = (await world.EndAsync("v1.1.0")).Rollouts.Single(one => one.Rollout.Id == paused.Rollout.Id);
        rollout.Rollout.Phase.ShouldBe(RunPhase.Succeeded);
        (await world.EventsAsync(rollout)).Where(happened => happened.Region is not null).Select(happened => happened.Step).ShouldBe(
            [RegionStep.Deploying, RegionStep.Verifying, RegionStep.Shifting, RegionStep.Paused, RegionStep.Shifting, RegionStep.Verifying, RegionStep.Promoting, RegionStep.Promoted]);
    }

    private static AnalysisPolicy Limited => By(MeasurementSource.Prometheus, MetricPolicy.Default(Metric.Errors) with { MaxShare = 0.1 });

    // Both revisions get bad: there is nothing to compare the candidate with, and a limit all the same.
    private static ITimer BadAfter(TimedWorld world, TimeSpan time)
    {
        var faults = world.Sandbox.Clouds[SandboxStacks.CloudOf(Stack)].Faults;
        return world.Time.CreateTimer(_ => faults.Set(Region, FaultKind.Errors, FaultReach.All), null, time, Timeout.InfiniteTimeSpan);
    }

    private static AnalysisPolicy By(MeasurementSource source, params MetricPolicy[] metrics) => AnalysisPolicy.Default with
    {
        Sources = [source],
        Metrics = metrics is [] ? [.. AnalysisPolicy.Default.Metrics.Where(metric => source.Offers(metric.Metric))] : metrics,
    };

    // The absolute bounds are wide open: what is bad is found by comparison, or not at all.
    private static async Task<TimedWorld> StartAsync(
        AnalysisPolicy analysis,
        FaultKind? fault = null,
        FaultReach reach = FaultReach.Next,
        TimeSpan? hold = null,
        TimeSpan? bake = null,
        Func<RolloutPolicy, RolloutPolicy>? rollout = null)
    {
        var time = new SimulatedTime(new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        var stack = DemoStacks.Of(Stack);
        var options = SandboxStacks.Options(new SandboxLatencies()) with { TimeProvider = time };
        var world = await TimedWorld.StartAsync(options, [stack], topology => Single(topology, environment => environment with
        {
            Waves = [environment.Waves[0] with { Bake = bake ?? TimeSpan.Zero }],
            Rollout = (rollout ?? (policy => policy))(environment.Rollout with { Traffic = [new(10, hold ?? Hold)] }),
            Verification = environment.Verification with { MaxErrorRate = 1, MaxP95 = TimeSpan.FromMinutes(1) },
            Analysis = analysis,
        }), time);
        var cloud = world.Sandbox.Clouds[stack.Cloud];
        cloud.Users.Set(Region, 20);
        if (fault is not null)
        {
            cloud.Faults.Set(Region, fault.Value, reach);
        }

        return world;
    }

    private static Topology Single(Topology topology, Func<EnvironmentDefinition, EnvironmentDefinition> shape) => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack with { Environments = [shape(stack.Environments[0])] })],
    };

    private static async Task<RegionRun> RunAsync(TimedWorld world, double slowness = 1) => (await world.RollOutAsync(slowness)).Rollouts.ShouldHaveSingleItem().Waves[0].Regions[0];

    private static async Task<(RegionRun Run, RolloutEvent[] Events)> RunWithEventsAsync(TimedWorld world)
    {
        var rollout = (await world.RollOutAsync()).Rollouts.ShouldHaveSingleItem();
        return (rollout.Waves[0].Regions[0], [.. (await world.EventsAsync(rollout)).Where(happened => happened.Region is not null)]);
    }
}
