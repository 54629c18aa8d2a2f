using Orchestrator.Core.Analysis;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Tests.Analysis;

public sealed class AnalysisJudgeTests
{
    private static readonly Looks First = new(1, 1);
    private static readonly double[] Usual = [.. Enumerable.Range(1, 40).Select(number => 0.1 + (number / 200.0))];

    [Theory]
    [InlineData(0, 0, Verdict.Pass)]
    [InlineData(12, 1, Verdict.Fail)]
    [InlineData(3, 0, Verdict.Inconclusive)]
    public void A_share_passes_fails_or_leaves_it_open(int candidate, int baseline, Verdict expected) =>
        Judge(Readings.Policy(Metric.Errors), Readings.Share(Metric.Errors, candidate, baseline, each: 20)).Verdict.ShouldBe(expected);

    [Theory]
    [InlineData(0.6, Verdict.Pass)]
    [InlineData(9, Verdict.Fail)]
    [InlineData(1.9, Verdict.Inconclusive)]
    public void A_time_passes_fails_or_leaves_it_open(double factor, Verdict expected)
    {
        var varied = Enumerable.Range(0, 20).Select(number => 0.05 * Math.Pow(1.25, number)).ToArray();

        Judge(Readings.Policy(Metric.Latency), Readings.Latency(varied.Select(time => time * factor), varied)).Verdict.ShouldBe(expected);
    }

    [Fact]
    public void Both_sides_equally_bad_are_no_fault_of_the_candidate() =>
        Judge(Readings.Policy(Metric.Errors), Readings.Share(Metric.Errors, 300, 300, each: 1000)).Verdict.ShouldBe(Verdict.Pass);

    [Fact]
    public void A_difference_that_nobody_notices_is_none() =>
        Judge(Readings.Policy(Metric.Latency), Readings.Latency(Usual.Select(_ => 0.004), Usual.Select(_ => 0.001))).Verdict.ShouldBe(Verdict.Pass);

    [Fact]
    public void Fewer_samples_than_the_minimum_leave_it_open_however_clear_they_are()
    {
        var check = Judge(Readings.Policy(Metric.Errors), Readings.Share(Metric.Errors, 19, 0, each: 19));

        check.Verdict.ShouldBe(Verdict.Inconclusive);
        check.Found.ShouldBe("19 of 19 against 0 of 19; at least 20 of each are needed to tell");
    }

    [Theory]
    [InlineData(MissingData.Inconclusive, Verdict.Inconclusive)]
    [InlineData(MissingData.Pass, Verdict.Pass)]
    [InlineData(MissingData.Fail, Verdict.Fail)]
    public void What_missing_data_mean_is_policy(MissingData missing, Verdict expected)
    {
        var policy = Readings.Policy(Metric.Errors, metric => metric with { IfMissing = missing });

        Judge(policy).Verdict.ShouldBe(expected);
        AnalysisJudge.Judge(policy, [new(MeasurementSource.Requests, [], IsFresh: true)], First, JudgementScope.Everything)[0].Verdict.ShouldBe(Verdict.Inconclusive, "nothing is missing yet");
        Judge(policy, new Measurement(MeasurementSource.Requests, Metric.Errors, Sample.OfShare(0, 50), Sample.None)).Found.ShouldBe("nothing of the baseline");
    }

    [Fact]
    public void A_source_that_is_down_says_nothing_about_the_release()
    {
        var check = AnalysisJudge.Judge(AnalysisPolicy.Default, [new(MeasurementSource.Requests, [], "no answer")], First, JudgementScope.Everything).ShouldHaveSingleItem();

        check.Verdict.ShouldBe(Verdict.Error);
        check.ToString().ShouldBe("requests: expected measurements of candidate and baseline, found no answer");
    }

    [Fact]
    public void A_limit_fails_at_once_whatever_the_baseline()
    {
        var policy = Readings.Policy(Metric.Errors, metric => metric with { MaxShare = 0.1 });

        Judge(policy, Readings.Share(Metric.Errors, 40, 40)).Verdict.ShouldBe(Verdict.Fail);
        Judge(policy, Readings.Share(Metric.Errors, 10, 10, each: 1000), JudgementScope.LimitsOnly).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void A_limit_on_times_is_on_their_95th_percentile()
    {
        var policy = Readings.Policy(Metric.Latency, metric => metric with { MaxP95 = TimeSpan.FromSeconds(1) });

        Judge(policy, Readings.Latency([.. Enumerable.Repeat(0.1, 80), .. Enumerable.Repeat(2.0, 20)], [])).Verdict.ShouldBe(Verdict.Fail);
        Judge(policy, Readings.Latency([.. Enumerable.Repeat(0.1, 97), .. Enumerable.Repeat(2.0, 3)], []), JudgementScope.LimitsOnly).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void Without_the_baselines_traffic_only_limits_count() =>
        Judge(Readings.Policy(Metric.Errors), Readings.Share(Metric.Errors, 50, 0), JudgementScope.LimitsOnly).Verdict.ShouldBe(Verdict.Pass);

    [Fact]
    public void A_dry_run_is_told_and_changes_nothing()
    {
        var policy = Readings.Policy(Metric.Errors, metric => metric with { DryRun = true });
        var check = Judge(policy, Readings.Share(Metric.Errors, 50, 0));

        var result = VerificationResult.Of([new("health", Verdict.Pass, "200", "200"), check]);

        result.Verdict.ShouldBe(Verdict.Pass);
        result.Summary().ShouldBe("1 checks passed; dry run: errors (requests): expected at most 2% more than the baseline, and surely not 20% more, found 50 of 100 against 0 of 100");
    }

    [Fact]
    public void The_later_the_look_the_surer_it_has_to_be()
    {
        var policy = Readings.Policy(Metric.Errors);
        AnalysisJudge.Judge(policy, [Readings.Of(Readings.Share(Metric.Errors, 12, 1, each: 20))], First, JudgementScope.Everything)[0].Verdict.ShouldBe(Verdict.Fail);
        AnalysisJudge.Judge(policy, [Readings.Of(Readings.Share(Metric.Errors, 12, 1, each: 20))], new(30, 1), JudgementScope.Everything)[0].Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void A_large_histogram_is_compared_like_the_times_that_it_was_made_of()
    {
        var slow = new Sample(100_000, 0, [new(0.5, 0.75, 50_000), new(0.75, null, 50_000)]);
        var quick = new Sample(100_000, 0, [new(0.05, 0.1, 50_000), new(0.1, 0.25, 50_000)]);

        Judge(Readings.Policy(Metric.Latency), new Measurement(MeasurementSource.Requests, Metric.Latency, slow, quick)).Verdict.ShouldBe(Verdict.Fail);
        Judge(Readings.Policy(Metric.Latency), new Measurement(MeasurementSource.Requests, Metric.Latency, quick, quick)).Verdict.ShouldBe(Verdict.Pass);
        Times.Quantile(quick, 0.95).ShouldBe(0.235, 0.001);
    }

    [Fact]
    public void A_difference_that_buckets_alone_may_have_made_fails_nobody()
    {
        // 245 ms and 255 ms fall into neighbouring buckets.
        var candidate = new Sample(1_000, 0, [new(0.25, 0.5, 1_000)]);
        var baseline = new Sample(1_000, 0, [new(0.1, 0.25, 1_000)]);

        Judge(Readings.Policy(Metric.Latency), new Measurement(MeasurementSource.Requests, Metric.Latency, candidate, baseline)).Verdict.ShouldNotBe(Verdict.Fail);
    }

    [Fact]
    public void Times_above_the_last_bucket_are_not_taken_for_quick()
    {
        var above = new Sample(1_000, 0, [new(10, null, 1_000)]);

        Judge(Readings.Policy(Metric.Latency), new Measurement(MeasurementSource.Requests, Metric.Latency, above, above)).Verdict.ShouldBe(Verdict.Inconclusive);
        Judge(Readings.Policy(Metric.Latency, metric => metric with { MaxP95 = TimeSpan.FromSeconds(10) }), new Measurement(MeasurementSource.Requests, Metric.Latency, above, Sample.None)).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void A_limit_is_kept_even_where_the_baseline_cannot_be_measured()
    {
        var policy = Readings.Policy(Metric.Errors, metric => metric with { MaxShare = 0.1 });
        var reading = Readings.Of(new Measurement(MeasurementSource.Requests, Metric.Errors, Sample.OfShare(50, 100), Sample.None)) with { Failure = "no answer from the baseline" };

        AnalysisJudge.Judge(policy, [reading], First, JudgementScope.Everything).Select(check => check.Verdict).ShouldBe([Verdict.Error, Verdict.Fail]);
    }

    private static Check Judge(AnalysisPolicy policy, params Measurement[] measurements) =>
        AnalysisJudge.Judge(policy, [Readings.Of(measurements)], First, JudgementScope.Everything).ShouldHaveSingleItem();

    private static Check Judge(AnalysisPolicy policy, Measurement measurement, JudgementScope scope) =>
        AnalysisJudge.Judge(policy, [Readings.Of(measurement)], First, scope).ShouldHaveSingleItem();
}
