using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Analysis;

/// <summary>Where measurements come from.</summary>
[JsonConverter(typeof(WordJsonConverter<MeasurementSource>))]
public enum MeasurementSource
{
    /// <summary>The orchestrator's own requests to the addresses of both revisions.</summary>
    Requests,

    /// <summary>What both revisions say of themselves on their Prometheus path.</summary>
    Prometheus,

    /// <summary>What Azure Monitor has counted at the region's ingress.</summary>
    AzureMonitor,
}

/// <summary>Rules about sources.</summary>
public static class MeasurementSources
{
    /// <summary>
    /// Whether the source can measure the metric. Azure Monitor counts a container app's requests by revision and status in both
    /// clouds, but has no latency by revision. Source: supported metrics of Microsoft.App/containerapps, learn.microsoft.com and docs.azure.cn.
    /// </summary>
    public static bool Offers(this MeasurementSource source, Metric metric) => source switch
    {
        MeasurementSource.Requests => metric != Metric.FirstToken,
        MeasurementSource.Prometheus => true,
        _ => metric is Metric.Errors or Metric.RateLimited,
    };

    /// <summary>Whether the source only counts on: it has to be read when a window opens, to know later by how much it has grown.</summary>
    public static bool HasCounters(this MeasurementSource source) => source == MeasurementSource.Prometheus;
}
