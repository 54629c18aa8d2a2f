using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Analysis;

/// <summary>
/// How a candidate that has traffic is compared with its baseline: at every step that asks for it, and in between while traffic is
/// held or a person's promotion is awaited; a pause is left alone.
/// </summary>
/// <param name="Sources">Where measurements come from; without any, nothing is compared.</param>
/// <param name="MetricsPath">The Prometheus path of the workload.</param>
/// <param name="Every">How often it is looked at in the background; 50 times in one wait at most.</param>
/// <param name="FalseRollbacks">The largest probability, over all looks at a region's whole rollout, that a candidate fails which is no worse than tolerated.</param>
/// <param name="MissedRegressions">The largest probability that one traffic step passes a candidate that is as much worse as has to be found.</param>
/// <param name="Metrics">What is compared.</param>
public sealed record AnalysisPolicy(
    IReadOnlyList<MeasurementSource> Sources,
    string MetricsPath,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Every,
    double FalseRollbacks,
    double MissedRegressions,
    IReadOnlyList<MetricPolicy> Metrics)
{
    /// <summary>By the orchestrator's own requests, with 5 % for either error.</summary>
    public static AnalysisPolicy Default { get; } = new(
        [MeasurementSource.Requests],
        "/metrics",
        TimeSpan.FromMinutes(5),
        0.05,
        0.05,
        [.. new[] { Metric.Errors, Metric.ContentFiltered, Metric.RateLimited, Metric.Latency }.Select(MetricPolicy.Default)]);

    /// <summary>Whether anything is compared.</summary>
    [JsonIgnore]
    public bool IsOn => Sources.Count > 0 && Metrics.Count > 0;

    /// <summary>Whether anything has a limit whatever the baseline.</summary>
    [JsonIgnore]
    public bool HasLimits => Series.Any(series => series.Metric.HasLimit);

    /// <summary>Everything that is looked at: each metric by each source that has it.</summary>
    [JsonIgnore]
    public IEnumerable<(MeasurementSource Source, MetricPolicy Metric)> Series =>
        Sources.SelectMany(source => Metrics.Where(metric => source.Offers(metric.Metric)).Select(metric => (source, metric)));
}
