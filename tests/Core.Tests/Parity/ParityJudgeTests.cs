using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using static Orchestrator.Core.Tests.Parity.Shown;

namespace Orchestrator.Core.Tests.Parity;

public sealed class ParityJudgeTests
{
    [Fact]
    public void Stacks_that_show_the_same_pass()
    {
        var report = Demand(overall: 0.1, latency: 3, categories: [("coding", 0.05)]).Judged(By(Us, Cases("coding", 90)), By(China, Cases("coding", 90)));

        report.Verdict.ShouldBe(Verdict.Pass);
        report.Reason.ShouldBe("every bound is kept, on 10 cases");
        report.Lines.Select(line => (line.Name, line.Cases, line.Difference)).ShouldBe([("overall", 10, 0d), ("coding", 10, 0d), ("latency", 10, 1d)]);
        report.Date.ShouldBe(Today);
    }

    [Theory]
    [InlineData(80, Verdict.Pass)]
    [InlineData(79, Verdict.Fail)]
    public void A_difference_at_its_bound_passes_and_one_beyond_it_fails(int china, Verdict verdict)
    {
        var report = Demand(categories: [("coding", 0.1)]).Judged(By(Us, Cases("coding", 90)), By(China, Cases("coding", china)));

        report.Verdict.ShouldBe(verdict);
        report.Line("coding").Verdict.ShouldBe(verdict);
        report.Line("overall").Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void A_breach_is_told_with_the_rates_and_where_the_truth_may_lie()
    {
        var report = Demand(overall: 0.1).Judged(By(Us, Cases("coding", 90)), By(China, Cases("coding", 70)));

        report.Reason.ShouldBe("overall: expected at most 0.1, found 0.2 (us-closed 0.9, china-open 0.7)");
        var line = report.Line("overall");
        line.Interval.ShouldNotBeNull().Low.ShouldBe(0.0900, 0.0001);
        line.Interval.High.ShouldBe(0.3058, 0.0001);
        line.Stacks[China].ShouldSatisfyAllConditions(
            china => (china.Passed, china.Tries).ShouldBe((70, 100)),
            china => china.Interval!.Low.ShouldBe(0.6042, 0.0001),
            china => china.Interval!.High.ShouldBe(0.7811, 0.0001));
    }

    [Fact]
    public void It_does_not_matter_which_stack_is_the_better_one()
    {
        var demand = Demand(overall: 0.1);

        demand.Judged(By(Us, Cases("coding", 70)), By(China, Cases("coding", 90))).Line("overall").Difference
            .ShouldBe(demand.Judged(By(Us, Cases("coding", 90)), By(China, Cases("coding", 70))).Line("overall").Difference);
    }

    [Fact]
    public void What_is_not_bounded_is_shown_and_decides_nothing()
    {
        var report = Demand().Judged(By(Us, Cases("coding", 100, latency: 100)), By(China, Cases("coding", 0, latency: 9000)));

        report.Verdict.ShouldBe(Verdict.Pass);
        report.Line("coding").ShouldSatisfyAllConditions(line => line.Bound.ShouldBeNull(), line => line.Difference.ShouldBe(1));
        report.Line("latency").ShouldSatisfyAllConditions(line => line.Bound.ShouldBeNull(), line => line.Difference.ShouldBe(90));
    }

    [Theory]
    [InlineData(1200, Verdict.Pass)]
    [InlineData(1201, Verdict.Fail)]
    public void Answers_may_take_so_many_times_as_long_in_the_slower_stack(double china, Verdict verdict)
    {
        var report = Demand(latency: 3).Judged(By(Us, Cases("coding", 90)), By(China, Cases("coding", 90, latency: china)));

        report.Line("latency").Verdict.ShouldBe(verdict);
        report.Line("latency").Stacks[China].Value.ShouldBe(china);
        report.Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void A_breach_within_an_exception_passes_and_names_it()
    {
        var report = Demand(categories: [("chinese", 0.05)]).Accepting("chinese", Today).Judged(By(Us, Cases("chinese", 60)), By(China, Cases("chinese", 90)));

        report.Verdict.ShouldBe(Verdict.Pass);
        report.Line("chinese").Exception.ShouldNotBeNull().ApprovedBy.ShouldBe("quality board");
        report.Reason.ShouldEndWith("accepted until 2026-11-27 by quality board: the Chinese cases are being rewritten");
    }

    [Theory]
    [InlineData("overall")]
    [InlineData("latency")]
    public void Exceptions_are_for_the_whole_and_for_latencies_too(string line)
    {
        var demand = Demand(overall: 0.1, latency: 2).Accepting(line, Today);

        var report = demand.Judged(By(Us, Cases("coding", line == "overall" ? 50 : 90)), By(China, Cases("coding", 90, latency: line == "latency" ? 4000 : 400)));

        report.Verdict.ShouldBe(Verdict.Pass);
        report.Line(line).Exception.ShouldNotBeNull();
    }

    [Fact]
    public void An_exception_that_has_expired_helps_nobody_and_is_told()
    {
        var report = Demand(categories: [("chinese", 0.05)]).Accepting("chinese", Today.AddDays(-1)).Judged(By(Us, Cases("chinese", 60)), By(China, Cases("chinese", 90)));

        report.Verdict.ShouldBe(Verdict.Fail);
        report.Line("chinese").ShouldSatisfyAllConditions(line => line.Exception.ShouldBeNull(), line => line.Expired.ShouldNotBeNull());
        report.Reason.ShouldEndWith("the exception that quality board approved ended on 2026-11-26");
    }

    [Fact]
    public void Of_several_exceptions_one_that_holds_is_enough() =>
        Demand(overall: 0.1).Accepting("overall", Today.AddDays(-9)).Accepting("overall", Today.AddDays(9)).Judged(By(Us, Cases("coding", 60)), By(China, Cases("coding", 90)))
            .Line("overall").Exception!.Until.ShouldBe(Today.AddDays(9));

    [Fact]
    public void An_exception_is_for_its_own_category_alone() =>
        Demand(categories: [("coding", 0.05)]).Accepting("chinese", Today).Judged(By(Us, Cases("coding", 60)), By(China, Cases("coding", 90))).Verdict.ShouldBe(Verdict.Fail);

    [Fact]
    public void A_stack_that_has_nothing_to_show_leaves_it_open_and_is_named()
    {
        var report = Demand().Judged([(China, "has no scores yet")], By(Us, Cases("coding", 90)));

        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.Reason.ShouldBe("china-open has no scores yet");
        report.Lines.ShouldBeEmpty();
        report.Stacks.Select(stack => (stack.Stack, stack.Missing)).ShouldBe([(China, "has no scores yet"), (Us, null)]);
    }

    [Fact]
    public void Of_three_stacks_those_that_are_there_are_compared_already()
    {
        var demand = Demand(overall: 0.1);

        demand.Judged([(Europe, "has no scores yet")], By(Us, Cases("coding", 90)), By(China, Cases("coding", 90))).Verdict.ShouldBe(Verdict.Inconclusive);
        demand.Judged([(Europe, "has no scores yet")], By(Us, Cases("coding", 90)), By(China, Cases("coding", 50))).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void Of_three_stacks_the_two_that_differ_most_count()
    {
        var report = Demand(overall: 0.15).Judged(By(Us, Cases("coding", 90)), By(Europe, Cases("coding", 80)), By(China, Cases("coding", 70)));

        report.Verdict.ShouldBe(Verdict.Fail);
        report.Reason.ShouldBe("overall: expected at most 0.15, found 0.2 (us-closed 0.9, china-open 0.7)");
        report.Line("overall").Stacks.Count.ShouldBe(3);
    }

    [Fact]
    public void A_single_stack_compares_with_nobody() =>
        Demand().Judged(By(Us, Cases("coding", 90))).ShouldSatisfyAllConditions(
            report => report.Verdict.ShouldBe(Verdict.Inconclusive),
            report => report.Reason.ShouldBe("expected two stacks to compare, found one"));

    [Fact]
    public void Scores_of_another_suite_are_not_compared()
    {
        var report = Demand(overall: 0.1).Judged(By(Us, Cases("coding", 90)), By(China, Sha256Digest.Of("another suite"u8), Cases("coding", 10)));

        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.Reason.ShouldStartWith("expected the same suite in all stacks, found default ");
        report.Lines.ShouldBeEmpty();
        report.Cases.Count.ShouldBe(10, "what each has shown is told all the same");
    }

    [Fact]
    public void Quarantined_cases_count_for_nothing_and_are_told()
    {
        var noise = Cases("coding", 0).Select(score => score with { Id = $"q{score.Id}", IsQuarantined = true });

        var report = Demand(overall: 0.01).Judged(By(Us, Cases("coding", 90), noise), By(China, Cases("coding", 90), noise.Select(score => score with { Passed = 10 })));

        report.Verdict.ShouldBe(Verdict.Pass);
        report.Line("overall").Cases.ShouldBe(10);
        report.Cases.Count(one => one.IsQuarantined).ShouldBe(10);
    }

    [Fact]
    public void A_case_that_one_stack_alone_has_tried_is_told_and_not_compared()
    {
        var unanswered = new CaseScore("coding-99", "coding", 0, 0, 10);

        var report = Demand(overall: 0.01).Judged(By(Us, Cases("coding", 90), [unanswered with { Tries = 10 }], Cases("json", 0)), By(China, Cases("coding", 90), [unanswered]));

        report.Verdict.ShouldBe(Verdict.Pass);
        report.Lines.Select(line => line.Name).ShouldBe(["overall", "coding", "latency"]);
        report.Cases.Single(one => one.Id == "coding-99").Stacks[China].ShouldBe(new CaseTally(0, 0));
        report.Cases.Single(one => one.Id == "json-0").Stacks.Keys.ShouldBe([Us]);
    }

    [Fact]
    public void Too_few_cases_leave_a_bounded_line_open()
    {
        var report = Demand(least: 3, categories: [("json", 0.05), ("tools", 0.05)]).Judged(
            By(Us, Cases("coding", 90), Cases("json", 20, cases: 2)),
            By(China, Cases("coding", 90), Cases("json", 0, cases: 2)));

        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.Line("json").Reason.ShouldBe("json: expected at least 3 cases that all stacks have tried, found 2");
        report.Line("tools").Reason.ShouldBe("tools: expected at least 3 cases that all stacks have tried, found 0");
    }

    [Fact]
    public void A_breach_weighs_more_than_what_is_left_open() =>
        Demand(overall: 0.1, categories: [("tools", 0.05)]).Judged(By(Us, Cases("coding", 90)), By(China, Cases("coding", 50))).Verdict.ShouldBe(Verdict.Fail);

    [Fact]
    public void Stacks_without_a_case_in_common_are_not_compared() =>
        Demand().Judged(By(Us, Cases("coding", 90)), By(China, Cases("json", 90))).Verdict.ShouldBe(Verdict.Inconclusive);
}
