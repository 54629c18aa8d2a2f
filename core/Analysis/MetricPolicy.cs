using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Analysis;

/// <summary>
/// How a candidate may differ from its baseline by one metric. Between what is tolerated and what has to be found lies what either
/// verdict is right for.
/// </summary>
/// <param name="Metric">The metric.</param>
/// <param name="Tolerance">So much worse is no fault: of a share, the difference (0.02 is two of a hundred requests more); of a time, the part of the baseline's (0.25 is a quarter slower).</param>
/// <param name="Regression">So much worse has to be found, in the same measure; more than <paramref name="Tolerance"/>.</param>
/// <param name="Slack">Of a time: a difference that nobody notices, whatever part of the baseline it is; null of a share.</param>
/// <param name="Minimum">At least so many samples of each side; fewer are not enough to tell.</param>
/// <param name="MaxShare">Of a share: the candidate fails at once when it is surely above, whatever the baseline.</param>
/// <param name="MaxP95">Of a time: the candidate fails at once when its 95th percentile is surely above, whatever the baseline.</param>
/// <param name="IfMissing">What it means when a source has nothing to say of the metric.</param>
/// <param name="DryRun">Whether the verdict is only told, and changes nothing.</param>
public sealed record MetricPolicy(
    [property: JsonPropertyName("name")] Metric Metric,
    double Tolerance,
    double Regression,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan? Slack,
    int Minimum,
    double? MaxShare,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan? MaxP95,
    MissingData IfMissing,
    bool DryRun)
{
    /// <summary>Whether it has a limit whatever the baseline.</summary>
    [JsonIgnore]
    public bool HasLimit => MaxShare is not null || MaxP95 is not null;

    /// <summary>
    /// The metric's own: errors may be 2 points more and 20 points more are found; other shares 5 and 25; times a quarter and twice,
    /// 50 ms aside. Twenty samples, which tell that much.
    /// </summary>
    public static MetricPolicy Default(Metric metric)
    {
        var (tolerance, regression) = metric switch
        {
            Metric.Errors => (0.02, 0.2),
            Metric.ContentFiltered or Metric.RateLimited => (0.05, 0.25),
            _ => (0.25, 1.0),
        };
        return new(
            metric,
            tolerance,
            regression,
            metric.IsTime() ? TimeSpan.FromMilliseconds(50) : null,
            20,
            null,
            null,
            MissingData.Inconclusive,
            DryRun: false);
    }
}

/// <summary>What it means when there is nothing to compare.</summary>
[JsonConverter(typeof(WordJsonConverter<MissingData>))]
public enum MissingData
{
    /// <summary>There is not enough to tell: it is looked at again, then policy says what follows.</summary>
    Inconclusive,

    /// <summary>Nothing is held against the candidate: for series that exist only when something goes wrong.</summary>
    Pass,

    /// <summary>The candidate is not fit: for series that a working workload always has.</summary>
    Fail,
}
