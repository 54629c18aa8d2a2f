using Orchestrator.Core.Analysis;
using Orchestrator.Core.Problems;

namespace Orchestrator.Functions.Analysis;

/// <summary>What a comparison of candidate and baseline has shown.</summary>
/// <param name="IsWorse">Whether the candidate is surely worse than tolerated.</param>
/// <param name="IsFit">Whether it is surely not as bad as what has to be found.</param>
/// <param name="Expected">The bounds, for people.</param>
/// <param name="Found">The measurements, for people.</param>
internal sealed record Comparison(bool IsWorse, bool IsFit, string Expected, string Found);

/// <summary>Compares shares by their counts.</summary>
internal static class ShareComparison
{
    public static Comparison Of(MetricPolicy policy, Sample candidate, Sample baseline, Risks risks)
    {
        var (c, b) = ((candidate.Events, candidate.Total), (baseline.Events, baseline.Total));
        return new(
            Shares.Difference(c, b, risks.Fail).Lower > policy.Tolerance,
            Shares.Difference(c, b, risks.Pass).Upper < policy.Regression,
            $"at most {AnalysisJudge.Percent(policy.Tolerance)} more than the baseline, and surely not {AnalysisJudge.Percent(policy.Regression)} more",
            $"{candidate.Events} of {candidate.Total} against {baseline.Events} of {baseline.Total}");
    }
}

/// <summary>Compares times by their distributions.</summary>
internal static class TimeComparison
{
    public static Comparison Of(MetricPolicy policy, Sample candidate, Sample baseline, Risks risks)
    {
        var slack = policy.Slack ?? TimeSpan.Zero;
        var aside = slack > TimeSpan.Zero ? $" ({DurationText.Format(slack)} aside)" : string.Empty;
        return new(
            Times.SlowerThan(candidate, baseline, policy.Tolerance, slack) <= risks.Fail,
            Times.FasterThan(candidate, baseline, policy.Regression, slack) <= risks.Pass,
            $"at most {AnalysisJudge.Percent(policy.Tolerance)} slower than the baseline{aside}, and surely not {AnalysisJudge.Percent(policy.Regression)} slower",
            $"{Describe(candidate)} against {Describe(baseline)}");
    }

    private static string Describe(Sample sample) =>
        $"median {AnalysisJudge.Seconds(Times.Quantile(sample, 0.5))}, p95 {AnalysisJudge.Seconds(Times.Quantile(sample, 0.95))} of {sample.Total}";
}
