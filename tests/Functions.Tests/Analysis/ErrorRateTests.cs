using Orchestrator.Core.Analysis;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Tests.Analysis;

/// <summary>
/// How often whole rollouts are judged wrongly, on seeded chance: five traffic steps, each looked at until there is enough to tell,
/// twelve times at most, with twenty requests of each side more at every look.
/// </summary>
public sealed class ErrorRateTests
{
    private const int Rollouts = 500;
    private const int Steps = 5;
    private const int MostLooks = 12;
    private const int Requests = 20;

    private static readonly MetricPolicy Errors = MetricPolicy.Default(Metric.Errors);
    private static readonly MetricPolicy Latency = MetricPolicy.Default(Metric.Latency);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.01, 0)]
    [InlineData(0.05, 0.02)]
    [InlineData(0.3, 0.02)]
    public void A_candidate_that_is_no_worse_than_tolerated_is_seldom_rolled_back(double errors, double more)
    {
        // As slow as tolerated, too: every metric stands at its edge.
        var world = new Workload(errors, errors + more, 1 + Latency.Tolerance, Latency.Slack!.Value);

        Simulate(world, seed: 1).Count(rollout => rollout.Contains(Verdict.Fail)).ShouldBeLessThanOrEqualTo((int)(Rollouts * AnalysisPolicy.Default.FalseRollbacks));
    }

    [Theory]
    [InlineData(0, 0.2, 1)]
    [InlineData(0.05, 0.2, 1)]
    [InlineData(0.2, 0.2, 1)]
    [InlineData(0, 0, 2)]
    public void A_candidate_that_is_as_bad_as_has_to_be_found_seldom_passes_a_step(double errors, double more, double slower)
    {
        var world = new Workload(errors, errors + more, slower, slower > 1 ? Latency.Slack!.Value : TimeSpan.Zero);

        Simulate(world, seed: 2).Count(rollout => rollout[0] == Verdict.Pass).ShouldBeLessThanOrEqualTo((int)(Rollouts * AnalysisPolicy.Default.MissedRegressions));
    }

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0, 3)]
    public void A_gross_regression_is_found_at_the_first_step(double errors, double slower)
    {
        var world = new Workload(0, errors, slower, TimeSpan.Zero);

        Simulate(world, seed: 3).Count(rollout => rollout is [Verdict.Fail]).ShouldBeGreaterThan((int)(Rollouts * 0.98));
    }

    [Fact]
    public void A_candidate_like_its_baseline_gets_through()
    {
        Simulate(new Workload(0.01, 0.01, 1, TimeSpan.Zero), seed: 4).Count(rollout => rollout.All(verdict => verdict == Verdict.Pass))
            .ShouldBeGreaterThan((int)(Rollouts * 0.97));
    }

    private static List<Verdict>[] Simulate(Workload workload, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rollouts).Select(_ => Rollout(workload, random))];
    }

    // How each step ended, up to the first that did not pass.
    private static List<Verdict> Rollout(Workload workload, Random random)
    {
        var (verdicts, looks) = (new List<Verdict>(), 0);
        for (var step = 0; step < Steps && verdicts.All(verdict => verdict == Verdict.Pass); step++)
        {
            var (candidate, baseline) = (new Side(), new Side());
            var verdict = Verdict.Inconclusive;
            for (var look = 1; look <= MostLooks && verdict == Verdict.Inconclusive; look++)
            {
                candidate.Ask(random, workload.CandidateErrors, workload.Slower, workload.Slack);
                baseline.Ask(random, workload.BaselineErrors, 1, TimeSpan.Zero);
                verdict = Judge(candidate, baseline, new(++looks, look));
            }

            verdicts.Add(verdict);
        }

        return verdicts;
    }

    private static Verdict Judge(Side candidate, Side baseline, Looks looks)
    {
        var reading = Readings.Of(
            new(MeasurementSource.Requests, Metric.Errors, candidate.Errors, baseline.Errors),
            new(MeasurementSource.Requests, Metric.Latency, candidate.Times, baseline.Times));
        var policy = AnalysisPolicy.Default with { Metrics = [Errors, Latency] };
        return AnalysisJudge.Judge(policy, [reading], looks, JudgementScope.Everything).Select(check => check.Verdict).Worst();
    }

    private sealed record Workload(double BaselineErrors, double CandidateErrors, double Slower, TimeSpan Slack);

    private sealed class Side
    {
        public Sample Errors { get; private set; } = Sample.None;

        public Sample Times { get; private set; } = Sample.None;

        public void Ask(Random random, double errors, double slower, TimeSpan slack)
        {
            var failed = Enumerable.Range(0, Requests).Count(_ => random.NextDouble() < errors);
            Errors = Errors.With(Sample.OfShare(failed, Requests));
            Times = Times.With(Readings.Times(Enumerable.Range(0, Requests - failed).Select(_ => (Time(random) * slower) + slack.TotalSeconds)));
        }

        // Log-normal, as latencies are.
        private static double Time(Random random) =>
            0.3 * Math.Exp(0.5 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }
}
