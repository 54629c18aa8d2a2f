using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Analysis;

/// <summary>What a candidate is compared with its baseline by.</summary>
[JsonConverter(typeof(WordJsonConverter<Metric>))]
public enum Metric
{
    /// <summary>
    /// The share of requests that failed: 5xx, and of the orchestrator's own, which are known to be right, any unexpected status or no
    /// answer in time. What a filter or a rate limit refused is not among them.
    /// </summary>
    Errors,

    /// <summary>The share of requests that the content filter refused. It says something about the prompt before it does about the release.</summary>
    ContentFiltered,

    /// <summary>The share of requests that a rate limit refused (429).</summary>
    RateLimited,

    /// <summary>How long answers took, from request to their end.</summary>
    Latency,

    /// <summary>How long the first token of an answer took.</summary>
    FirstToken,
}

/// <summary>Rules about metrics.</summary>
public static class Metrics
{
    /// <summary>Whether the metric is a time, known by its distribution; else it is a share, known by its counts.</summary>
    public static bool IsTime(this Metric metric) => metric is Metric.Latency or Metric.FirstToken;
}
