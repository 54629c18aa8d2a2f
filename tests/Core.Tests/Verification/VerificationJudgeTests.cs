using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Tests.Verification;

public sealed class VerificationJudgeTests
{
    private static readonly VerificationPolicy Policy = VerificationPolicy.Default with { Requests = 20, MaxErrorRate = 0.1, MaxP95 = TimeSpan.FromSeconds(1) };
    private static readonly Answer Healthy = new(200, "ok");
    private static readonly Answer Current = new(200, "1.1.0");

    [Fact]
    public void All_bounds_met_is_a_pass() => Judge(Probes(20)).Verdict.ShouldBe(Verdict.Pass);

    [Fact]
    public void An_error_rate_at_the_bound_passes_and_one_above_it_fails()
    {
        Judge(Probes(18, failed: 2)).Verdict.ShouldBe(Verdict.Pass);
        Judge(Probes(17, failed: 3)).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void The_slowest_twentieth_may_be_slow_and_no_more()
    {
        Judge([.. Probes(19), Slow]).Verdict.ShouldBe(Verdict.Pass);
        Judge([.. Probes(18), Slow, Slow]).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void Another_version_than_the_release_fails()
    {
        var result = VerificationJudge.Judge(new(Healthy, new(200, "1.0.0"), Probes(20)), Policy, "1.1.0");

        result.Verdict.ShouldBe(Verdict.Fail);
        result.Summary().ShouldBe("version: expected 1.1.0, found 1.0.0");
    }

    [Fact]
    public void An_unhealthy_answer_fails() =>
        VerificationJudge.Judge(new(new(503, "no"), Current, Probes(20)), Policy, "1.1.0").Verdict.ShouldBe(Verdict.Fail);

    [Fact]
    public void No_answer_at_all_says_nothing_about_the_release() =>
        VerificationJudge.Judge(new(new(null, "refused"), new(null, "refused"), []), Policy, "1.1.0").Verdict.ShouldBe(Verdict.Error);

    [Fact]
    public void Too_few_answers_are_not_a_pass() =>
        Judge([.. Probes(10), .. Enumerable.Repeat(new ProbeSample(ProbeOutcome.Unreachable, TimeSpan.Zero), 10)]).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void A_release_can_tighten_the_policy_and_not_loosen_it()
    {
        Policy.TightenedBy(new(40, 0.01, TimeSpan.FromMilliseconds(500), null))
            .ShouldBe(Policy with { Requests = 40, MaxErrorRate = 0.01, MaxP95 = TimeSpan.FromMilliseconds(500) });
        Policy.TightenedBy(new(1, 1, TimeSpan.FromMinutes(1), null)).ShouldBe(Policy);
    }

    private static readonly ProbeSample Slow = new(ProbeOutcome.Answered, TimeSpan.FromSeconds(2));

    private static VerificationResult Judge(ProbeSample[] probes) =>
        VerificationJudge.Judge(new(Healthy, Current, probes), Policy, "1.1.0");

    private static ProbeSample[] Probes(int answered, int failed = 0) =>
    [
        .. Enumerable.Repeat(new ProbeSample(ProbeOutcome.Answered, TimeSpan.FromMilliseconds(50)), answered),
        .. Enumerable.Repeat(new ProbeSample(ProbeOutcome.Failed, TimeSpan.FromMilliseconds(50)), failed),
    ];
}
