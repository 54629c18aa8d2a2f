using Orchestrator.Core.Analysis;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Analysis;

/// <summary>
/// Measures by what Azure Monitor has counted at the region's ingress, in whole minutes: requests by revision and status, through the
/// cloud's own ARM. What has not arrived yet is missing on both sides alike.
/// </summary>
/// <param name="metrics">Azure Monitor's metrics.</param>
public sealed class AzureMonitorProvider(MonitorMetrics metrics) : IMeasurementProvider
{
    // Metrics take up to three minutes to arrive (learn.microsoft.com, "Azure Monitor Metrics overview").
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(4);

    /// <inheritdoc />
    public MeasurementSource Source => MeasurementSource.AzureMonitor;

    /// <inheritdoc />
    public async Task<SourceReading> ReadAsync(MeasurementOrder order, SourceReading? before, CancellationToken cancellationToken)
    {
        try
        {
            string[] revisions = order.Baseline is { } other ? [order.Candidate.Name, other.Name] : [order.Candidate.Name];
            var counts = await metrics.RequestsAsync(order.Region.Target, revisions, order.Since, order.Now, cancellationToken);
            return new(Source, [Measure(Metric.Errors), Measure(Metric.RateLimited)], IsFresh: order.Now - MonitorMetrics.WholeMinute(order.Since) < Delay);

            Measurement Measure(Metric metric) => new(Source, metric, Share(metric, order.Candidate), order.Baseline is null ? Sample.None : Share(metric, order.Baseline));

            Sample Share(Metric metric, RevisionAddress side)
            {
                var own = counts.Where(count => count.By == side.Name).ToArray();
                var limited = own.Where(count => count.Status == 429).Sum(count => count.Requests);
                var all = own.Sum(count => count.Requests);
                return metric == Metric.RateLimited
                    ? Sample.OfShare(limited, all)
                    : Sample.OfShare(own.Where(count => count.Status >= 500).Sum(count => count.Requests), all - limited);
            }
        }
        catch (Exception failure) when (failure is StackUnavailableException or StackRefusedException)
        {
            return new(Source, [], failure.Message);
        }
    }
}
