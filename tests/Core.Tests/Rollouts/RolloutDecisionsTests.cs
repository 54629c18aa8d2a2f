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
        RolloutDecisions.RollBackAfter([], [Promoted("eastus")], RollbackScope.Environment).ShouldBeNull();

    [Theory]
    [InlineData(RollbackScope.Region, "")]
    [InlineData(RollbackScope.Wave, "westus3")]
    [InlineData(RollbackScope.Environment, "westus3,eastus")]
    public void A_failed_region_takes_back_what_policy_says_last_promoted_first(RollbackScope scope, string expected)
    {
        var back = RolloutDecisions.RollBackAfter([Promoted("eastus")], [Promoted("westus3"), RolledBack("eastus2")], scope);

        string.Join(',', back.ShouldNotBeNull().Select(run => run.Region)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(RollbackScope.Region)]
    [InlineData(RollbackScope.Environment)]
    public void A_promoted_region_that_fails_its_bake_goes_back_itself(RollbackScope scope) =>
        RolloutDecisions.RollBackAfter([], [Promoted("eastus").Judged(Verdict.Fail, "errors")], scope).ShouldNotBeNull().Count.ShouldBe(1);

    [Fact]
    public void One_rollback_that_failed_is_the_end_that_counts() =>
        RolloutDecisions.EndOf([Promoted("eastus"), RolledBack("eastus2"), RolledBack("westus3") with { Step = RegionStep.RollbackFailed }])
            .ShouldBe(RunPhase.Failed);

    [Fact]
    public void The_worst_stack_is_the_release_but_every_stack_keeps_its_own_end()
    {
        var good = StackRun.Of(Name<StackName>("us-closed"), [EnvironmentRun.Of(Name<EnvironmentName>("staging"), [Promoted("eastus")])]);
        var bad = StackRun.Of(Name<StackName>("china-open"), [EnvironmentRun.Of(Name<EnvironmentName>("staging"), [RolledBack("chinaeast2")])]);

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
                "Deploying>Verifying", "Deploying>RollingBack",
                "Verifying>Shifting", "Verifying>Promoting", "Verifying>RollingBack",
                "Shifting>Verifying", "Shifting>RollingBack",
                "Promoting>Promoted", "Promoting>RollingBack",
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

    private static T Name<T>(string text)
        where T : class, IIdentifier<T> =>
        Identifier.Parse<T>(text);
}
