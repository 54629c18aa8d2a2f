using CsCheck;
using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Suites.Gates;

namespace Orchestrator.Functions.Tests.Suites;

public sealed class QualityGateTests
{
    private static readonly GatePolicy Policy = GatePolicy.Default with { Margin = 0.2, Confidence = 0.95, MinCases = 20, MinScore = null };

    [Theory]
    [InlineData(24, 24, Verdict.Pass)]
    [InlineData(24, 22, Verdict.Pass)]
    [InlineData(24, 18, Verdict.Inconclusive)]
    [InlineData(24, 10, Verdict.Fail)]
    public void A_candidate_passes_fails_or_leaves_it_open(int baseline, int candidate, Verdict expected) =>
        QualityGate.Judge(Passing(candidate, 30), Passing(baseline, 30), Policy).Verdict.ShouldBe(expected);

    [Fact]
    public void A_loss_is_told_with_the_cases_it_is_in()
    {
        var check = QualityGate.Judge(Passing(16, 24), Passing(23, 24), Policy).Checks[0];

        check.Verdict.ShouldBe(Verdict.Fail);
        check.ToString().ShouldBe("quality: expected at most 20 points below the baseline's 95.83% (24 cases × 3), found 66.67%, a difference of -45.9 to -16.1 points: worse in case-16, case-17, case-18, case-19, case-20 and 2 more");
    }

    [Fact]
    public void Fewer_cases_than_the_minimum_leave_it_open_however_clear_they_are()
    {
        var check = QualityGate.Judge(Passing(0, 19), Passing(19, 19), Policy).Checks.ShouldHaveSingleItem();

        check.Verdict.ShouldBe(Verdict.Inconclusive);
        check.Found.ShouldContain("at least 20 cases are needed to tell");
    }

    [Fact]
    public void Few_cases_without_any_difference_do_not_pass_even_where_few_are_asked_for() =>
        QualityGate.Judge(Passing(5, 5), Passing(5, 5), Policy with { MinCases = 5 }).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void Scores_of_different_files_are_not_compared() =>
        QualityGate.Judge(Passing(24, 24) with { Digest = Sha256Digest.Of("other"u8) }, Passing(24, 24), Policy).Verdict.ShouldBe(Verdict.Error);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_could_hardly_be_measured_says_nothing_about_the_release(bool ofCandidate)
    {
        var broken = Scores(Enumerable.Range(0, 24).Select(number => Case(number, 0, tries: 1) with { Errors = 2 }));
        var whole = Passing(24, 24);

        QualityGate.Judge(ofCandidate ? broken : whole, ofCandidate ? whole : broken, Policy).Checks.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public void No_case_in_common_is_an_error() =>
        QualityGate.Judge(Scores(Enumerable.Range(100, 24).Select(number => Case(number, 3))), Passing(24, 24), Policy).Verdict.ShouldBe(Verdict.Error);

    [Fact]
    public void Cases_without_a_measured_try_or_on_one_side_only_are_left_out_and_told()
    {
        var candidate = Scores([.. Passing(24, 24).Cases.Skip(1).SkipLast(1), Case(23, 0, tries: 0) with { Errors = 3 }]);
        var check = QualityGate.Judge(candidate, Passing(24, 24), Policy).Checks[0];

        check.Expected.ShouldContain("22 cases × 3");
        check.Found.ShouldEndWith("not measured on both sides: case-00, case-23");
    }

    [Fact]
    public void Quarantined_cases_count_for_nothing()
    {
        var lost = Passing(12, 40).Cases.Select((one, number) => one with { IsQuarantined = number >= 12 });
        var whole = Passing(40, 40).Cases.Select((one, number) => one with { IsQuarantined = number >= 12 });

        QualityGate.Judge(Scores(lost), Scores(whole), Policy with { MinCases = 12, Margin = 0.3 }).Verdict.ShouldBe(Verdict.Pass);
    }

    [Theory]
    [InlineData(0.5, Verdict.Pass)]
    [InlineData(0.85, Verdict.Inconclusive)]
    [InlineData(0.95, Verdict.Fail)]
    public void A_least_score_holds_whatever_the_baseline_has(double least, Verdict expected) =>
        QualityGate.Judge(Passing(32, 40), Passing(32, 40), Policy with { MinScore = least }).Checks.Single(check => check.Name == "score").Verdict.ShouldBe(expected);

    [Fact]
    public void A_category_that_is_lost_fails_the_gate_although_the_average_hides_it()
    {
        var result = QualityGate.Judge(InCategories(lost: 4), InCategories(lost: 0), Policy);

        result.Checks[0].Verdict.ShouldBe(Verdict.Pass);
        result.Verdict.ShouldBe(Verdict.Fail);
        result.Checks[1].ToString().ShouldBe("quality in few: expected about the baseline's 100% (4 cases), found 0%: lost case-00, case-01, case-02, case-03");
    }

    [Fact]
    public void A_category_that_lost_less_than_half_is_only_told()
    {
        var candidate = Scores(Enumerable.Range(0, 200).Select(number => Case(number, number < 70 ? 0 : 3) with { Category = number < 150 ? "many" : "others" }));
        var baseline = Scores(Enumerable.Range(0, 200).Select(number => Case(number, 3) with { Category = number < 150 ? "many" : "others" }));

        QualityGate.Judge(candidate, baseline, Policy).Checks.Single(check => check.Name == "quality in many").IsDryRun.ShouldBeTrue();
    }

    [Fact]
    public void The_same_scores_never_fail_and_the_order_of_cases_does_not_matter() =>
        Gen.Select(Gen.Int[0, 3].Array[20, 60], Gen.Int[0, 3].Array[60], Gen.Int).Sample((one, other, seed) =>
        {
            var (candidate, baseline) = (Of(one), Of(other[..one.Length]));
            var shuffled = candidate.Cases.ToArray();
            new Random(seed).Shuffle(shuffled);

            QualityGate.Judge(candidate, candidate, Policy).Verdict.ShouldBeOneOf(Verdict.Pass, Verdict.Inconclusive);
            QualityGate.Judge(Scores(shuffled), baseline, Policy).Checks.ShouldBe(QualityGate.Judge(candidate, baseline, Policy).Checks);
        }, iter: 300);

    [Fact]
    public void Not_both_sides_are_worse_than_the_other() =>
        Gen.Select(Gen.Int[0, 3].Array[20, 60], Gen.Int[0, 3].Array[60]).Sample((one, other) =>
        {
            var there = QualityGate.Judge(Of(one), Of(other[..one.Length]), Policy).Checks[0].Verdict;
            var back = QualityGate.Judge(Of(other[..one.Length]), Of(one), Policy).Checks[0].Verdict;

            (there == Verdict.Fail && back == Verdict.Fail).ShouldBeFalse();
            (there == Verdict.Fail ? back : Verdict.Pass).ShouldBe(Verdict.Pass, "who is surely better is surely not worse");
        }, iter: 300);

    [Fact]
    public void A_try_more_that_passes_never_makes_a_verdict_worse() =>
        Gen.Select(Gen.Int[0, 3].Array[20, 60], Gen.Int[0, 3].Array[60], Gen.Int[0, 59]).Sample((one, other, which) =>
        {
            var policy = Policy with { MinScore = 0.6 };
            var baseline = Of(other[..one.Length]);
            var before = QualityGate.Judge(Of(one), baseline, policy).Verdict;
            one[which % one.Length] = Math.Min(3, one[which % one.Length] + 1);

            QualityGate.Judge(Of(one), baseline, policy).Verdict.CompareTo(before).ShouldBeLessThanOrEqualTo(0);
        }, iter: 500);

    private static SuiteScores Passing(int passed, int cases) => Scores(Enumerable.Range(0, cases).Select(number => Case(number, number < passed ? 3 : 0)));

    private static SuiteScores InCategories(int lost) =>
        Scores(Enumerable.Range(0, 100).Select(number => Case(number, number < lost ? 0 : 3) with { Category = number < 4 ? "few" : $"others-{number % 4}" }));

    private static SuiteScores Of(IReadOnlyList<int> passed) => Scores(passed.Select((count, number) => Case(number, count)));

    private static CaseScore Case(int number, int passed, int tries = 3) => new($"case-{number:00}", $"category-{number % 4}", passed, tries, 0);

    private static SuiteScores Scores(IEnumerable<CaseScore> cases) => new("default", Sha256Digest.Of("suite"u8), [.. cases]);
}
