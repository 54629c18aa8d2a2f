using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Tests.Rollouts;

public sealed class RolloutDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_wave_that_was_promoted_everywhere_goes_on() =>
        RolloutDecisions.After([], [Promoted("eastus")], 1, RollbackScope.Environment)
            .ShouldSatisfyAllConditions(outcome => outcome.Stops.ShouldBeFalse(), outcome => outcome.Back.ShouldBeEmpty());

    [Theory]
    [InlineData(RollbackScope.Region, "")]
    [InlineData(RollbackScope.Wave, "westus3")]
    [InlineData(RollbackScope.Environment, "westus3,eastus")]
    public void A_failed_region_takes_back_what_policy_says_last_promoted_first(RollbackScope scope, string expected)
    {
        var outcome = RolloutDecisions.After([Promoted("eastus")], [Promoted("westus3"), RolledBack("eastus2")], 2, scope);

        outcome.Stops.ShouldBeTrue();
        Names(outcome).ShouldBe(expected);
    }

    [Theory]
    [InlineData(RollbackScope.Region)]
    [InlineData(RollbackScope.Environment)]
    public void A_promoted_region_that_fails_its_bake_goes_back_itself(RollbackScope scope) =>
        Names(RolloutDecisions.After([], [Promoted("eastus").Judged(Verdict.Fail, "errors")], 1, scope)).ShouldBe("eastus");

    [Fact]
    public void Of_many_bad_regions_the_first_are_named_and_the_others_counted()
    {
        RegionRun[] runs = [.. Enumerable.Range(1, 900).Select(number => RolledBack($"region{number}").Judged(Verdict.Fail, "errors"))];

        RolloutDecisions.ReasonOf(runs).ShouldBe("region1: errors; region2: errors; region3: errors; region4: errors; region5: errors; and 895 others");
        RolloutDecisions.WhyItGoesBack(Promoted("eastus"), runs).ShouldBe("fit itself, but went back with region1, region2, region3, region4, region5 and 895 others");
    }

    [Fact]
    public void As_long_as_enough_regions_are_good_only_the_bad_ones_go_back_and_the_rollout_goes_on()
    {
        var outcome = RolloutDecisions.After(
            [Promoted("eastus")],
            [Promoted("westus3"), Promoted("eastus2").Judged(Verdict.Fail, "errors"), RolledBack("centralus")],
            needed: 1,
            RollbackScope.Environment);

        outcome.Stops.ShouldBeFalse();
        Names(outcome).ShouldBe("eastus2");
    }

    [Fact]
    public void A_wave_stops_as_soon_as_too_few_regions_can_still_succeed()
    {
        RolloutDecisions.Stops([Promoted("eastus"), RolledBack("eastus2")], all: 4, needed: 3).ShouldBeFalse();
        RolloutDecisions.Stops([RolledBack("eastus"), RolledBack("eastus2")], all: 4, needed: 3).ShouldBeTrue();
        RolloutDecisions.Stops([RollbackFailed("eastus")], all: 4, needed: 1).ShouldBeTrue("a rollback that failed is never tolerated");
    }

    [Fact]
    public void A_rollout_that_is_stopped_by_somebody_takes_everything_back() =>
        Names(RolloutDecisions.AfterStop([Promoted("eastus"), RolledBack("eastus2"), Promoted("westus3")])).ShouldBe("westus3,eastus");

    [Fact]
    public void The_end_of_a_rollout_follows_from_its_regions()
    {
        RolloutDecisions.EndOf([Promoted("eastus")], stopped: false).ShouldBe(RunPhase.Succeeded);
        RolloutDecisions.EndOf([Promoted("eastus"), RolledBack("eastus2")], stopped: false).ShouldBe(RunPhase.Partial);
        RolloutDecisions.EndOf([Promoted("eastus"), RolledBack("eastus2")], stopped: true).ShouldBe(RunPhase.RolledBack);
        RolloutDecisions.EndOf([Promoted("eastus"), RolledBack("eastus2"), RollbackFailed("westus3")], stopped: true).ShouldBe(RunPhase.Failed);
    }

    [Fact]
    public void The_worst_stack_is_the_release_but_every_stack_keeps_its_own_end()
    {
        var good = StackRun.Of(Name<StackName>("us-closed"), [EnvironmentRun.Of(Name<EnvironmentName>("staging"), [Promoted("eastus")], stopped: false)]);
        var bad = StackRun.Of(Name<StackName>("china-open"), [EnvironmentRun.Of(Name<EnvironmentName>("staging"), [RolledBack("chinaeast2")], stopped: true)]);

        var release = ReleaseRun.Of([good, bad]);

        release.Phase.ShouldBe(RunPhase.RolledBack);
        release.Stacks.Select(stack => stack.Phase).ShouldBe([RunPhase.Succeeded, RunPhase.RolledBack]);
        bad.Reason.ShouldBe("chinaeast2: not fit");
    }

    [Fact]
    public void Steps_follow_each_other_only_as_defined()
    {
        var steps = Enum.GetValues<RegionStep>();
        var allowed = steps.SelectMany(step => steps.Where(next => step.CanBecome(next)).Select(next => $"{step}>{next}"));

        allowed.ShouldBe(
            [
                "Pending>Deploying", "Pending>RollingBack", "Pending>Skipped",
                "Deploying>PreparingModels", "PreparingModels>Deploying", "PreparingModels>Paused", "PreparingModels>RollingBack",
                "Deploying>Verifying", "Deploying>Paused", "Deploying>RollingBack",
                "Verifying>Shifting", "Verifying>AwaitingPromotion", "Verifying>Promoting", "Verifying>Paused", "Verifying>RollingBack",
                "Shifting>Shifting", "Shifting>Verifying", "Shifting>AwaitingPromotion", "Shifting>Promoting", "Shifting>Paused", "Shifting>RollingBack",
                "AwaitingPromotion>Promoting", "AwaitingPromotion>RollingBack",
                "Promoting>Promoted", "Promoting>RollbackFailed", "Promoting>Paused", "Promoting>RollingBack",
                "Paused>Deploying", "Paused>Verifying", "Paused>Shifting", "Paused>Promoting", "Paused>RollingBack",
                "Promoted>RollingBack",
                "RollingBack>RolledBack", "RollingBack>RollbackFailed",
            ],
            ignoreOrder: true);
        Should.Throw<InvalidOperationException>(() => RegionRun.Pending(Name<RegionName>("eastus"), Now).MoveTo(RegionStep.Promoted, Now));
    }

    [Fact]
    public void A_later_pass_does_not_hide_an_earlier_failure() =>
        RegionRun.Pending(Name<RegionName>("eastus"), Now).Judged(Verdict.Fail, "bad").Judged(Verdict.Pass, "good").Reason.ShouldBe("bad");

    private static RegionRun Promoted(string region) =>
        new(Name<RegionName>(region), RegionStep.Promoted, Now, 100, Verdict.Pass, "4 checks passed");

    private static RegionRun RolledBack(string region) =>
        new(Name<RegionName>(region), RegionStep.RolledBack, Now, 0, Verdict.Fail, "not fit");

    private static RegionRun RollbackFailed(string region) => RolledBack(region) with { Step = RegionStep.RollbackFailed };

    private static string Names(WaveOutcome outcome) => string.Join(',', outcome.Back.Select(run => run.Region));

    private static T Name<T>(string text)
        where T : class, IIdentifier<T> =>
        Identifier.Parse<T>(text);
}
