using Orchestrator.Core.Parity;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Tests.Parity;

/// <summary>What a parity report means for the end of a release.</summary>
public sealed class ParityOutcomeTests
{
    private static readonly StackRun[] Good = [new(Shown.Us, RunPhase.Succeeded, null, []), new(Shown.China, RunPhase.Succeeded, null, [])];

    [Fact]
    public void A_breach_fails_the_release_and_leaves_every_stack_what_it_is()
    {
        var run = ReleaseRun.Of(Good, new(Verdict.Fail, "coding: 0.3", IsPending: false));

        (run.Phase, run.Reason).ShouldBe((RunPhase.Failed, "the stacks differ: coding: 0.3"));
        run.Stacks.ShouldBe(Good);
    }

    [Theory]
    [InlineData(Verdict.Pass)]
    [InlineData(Verdict.Inconclusive)]
    public void Anything_else_changes_nothing(Verdict verdict)
    {
        ReleaseRun.Of(Good, new(verdict, "whatever", IsPending: false)).ShouldSatisfyAllConditions(
            run => run.Phase.ShouldBe(RunPhase.Succeeded),
            run => run.Reason.ShouldBeNull());
        ReleaseRun.Of([Good[0], Good[1] with { Phase = RunPhase.RolledBack }], new(verdict, "whatever", IsPending: false)).Phase.ShouldBe(RunPhase.RolledBack);
    }

    [Fact]
    public void A_release_that_demands_nothing_ends_as_its_stacks_do() => ReleaseRun.Of(Good).Phase.ShouldBe(RunPhase.Succeeded);
}
