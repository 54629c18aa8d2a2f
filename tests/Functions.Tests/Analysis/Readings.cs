using Orchestrator.Core.Analysis;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Tests.Analysis;

/// <summary>What sources may have measured.</summary>
internal static class Readings
{
    public static SourceReading Of(params Measurement[] measurements) => new(MeasurementSource.Requests, measurements);

    public static Measurement Share(Metric metric, long candidate, long baseline, long each = 100) =>
        new(MeasurementSource.Requests, metric, Sample.OfShare(candidate, each), Sample.OfShare(baseline, each));

    public static Measurement Latency(IEnumerable<double> candidate, IEnumerable<double> baseline) =>
        new(MeasurementSource.Requests, Metric.Latency, Times(candidate), Times(baseline));

    public static Sample Times(IEnumerable<double> seconds) => Sample.OfTimes(seconds.Select(value => new Bin(value, value, 1)));

    /// <summary>The default way to compare by one metric, changed by <paramref name="shape"/>.</summary>
    public static AnalysisPolicy Policy(Metric metric, Func<MetricPolicy, MetricPolicy>? shape = null)
    {
        var policy = MetricPolicy.Default(metric);
        return AnalysisPolicy.Default with { Metrics = [shape is null ? policy : shape(policy)] };
    }
}
