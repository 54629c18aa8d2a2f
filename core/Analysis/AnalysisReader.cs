using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Analysis;

/// <summary>Reads how candidates are compared. What is left out has its default.</summary>
internal static class AnalysisReader
{
    private const double MostOften = 0.5;

    public static AnalysisPolicy Read(JsonObjectReader? policy)
    {
        var standard = AnalysisPolicy.Default;
        if (policy is null)
        {
            return standard;
        }

        var sources = policy.Has("sources") ? policy.Words<MeasurementSource>("sources") : standard.Sources;
        var metrics = policy.Has("metrics") ? policy.Objects("metrics", required: false, metric => Metric(metric, sources)) : standard.Metrics;
        if (metrics.GroupBy(metric => metric.Metric).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            policy.Report("metrics", $"expected each metric once, found {twice.Key} {twice.Count()} times");
        }

        var result = new AnalysisPolicy(
            sources,
            policy.UrlPath("metricsPath") ?? standard.MetricsPath,
            policy.Duration("every") ?? standard.Every,
            Risk(policy, "falseRollbacks") ?? standard.FalseRollbacks,
            Risk(policy, "missedRegressions") ?? standard.MissedRegressions,
            metrics);
        if (result.Every < TimeSpan.FromSeconds(1))
        {
            policy.Report("every", $"expected at least 1s, found {DurationText.Format(result.Every)}");
        }

        policy.RefuseUnknown();
        return result;
    }

    private static MetricPolicy? Metric(JsonObjectReader reader, IReadOnlyList<MeasurementSource> sources)
    {
        var name = reader.Word<Metric>("name", required: true);
        var standard = MetricPolicy.Default(name ?? default);
        var isTime = standard.Metric.IsTime();
        var result = standard with
        {
            Tolerance = Amount(reader, "tolerance", isTime) ?? standard.Tolerance,
            Regression = Amount(reader, "regression", isTime) ?? standard.Regression,
            Minimum = reader.Whole("minimum", 1, 1_000_000) ?? standard.Minimum,
            Slack = isTime ? reader.Duration("slack") ?? standard.Slack : standard.Slack,
            MaxShare = isTime ? null : reader.Share("maxShare"),
            MaxP95 = isTime ? reader.Duration("maxP95") : null,
            IfMissing = reader.Word<MissingData>("ifMissing") ?? standard.IfMissing,
            DryRun = reader.Flag("dryRun") ?? standard.DryRun,
        };
        if (result.Regression <= result.Tolerance)
        {
            reader.Report("regression", $"expected more than the tolerance of {result.Tolerance}, found {result.Regression}");
        }

        if (name is not null && sources.Count > 0 && !sources.Any(source => source.Offers(name.Value)))
        {
            reader.Report("name", $"expected a metric that {string.Join(" or ", sources)} has, found {name}");
        }

        return name is null ? null : result;
    }

    private static double? Amount(JsonObjectReader reader, string name, bool isTime) => isTime
        ? reader.Number(name, 0, 100, "a part of the baseline's time from 0 to 100, e.g. 0.25 for a quarter slower")
        : reader.Share(name);

    private static double? Risk(JsonObjectReader reader, string name) =>
        reader.Number(name, double.Epsilon, MostOften, $"a probability above 0 and up to {MostOften}");
}
