using Orchestrator.Core.Analysis;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Analysis;

/// <summary>
/// Measures by what both revisions count themselves, from the opening of the window until now. A revision of several replicas answers
/// with one of them: where processes say when they began, readings of two are not mixed up, and the window is opened again.
/// </summary>
/// <param name="observer">The way to the workloads.</param>
/// <param name="time">The clock.</param>
public sealed class PrometheusProvider(WorkloadObserver observer, TimeProvider time) : IMeasurementProvider
{
    /// <inheritdoc />
    public MeasurementSource Source => MeasurementSource.Prometheus;

    /// <inheritdoc />
    public async Task<SourceReading> ReadAsync(MeasurementOrder order, SourceReading? before, CancellationToken cancellationToken)
    {
        var scrapes = await Task.WhenAll(ScrapeAsync(order, order.Candidate, cancellationToken), ScrapeAsync(order, order.Baseline, cancellationToken));
        if (scrapes.FirstOrDefault(scrape => scrape.Failure is not null) is { } failed)
        {
            return new(Source, [], failed.Failure, before?.Opening);
        }

        var now = new CounterPair(scrapes[0].Counters!, scrapes[1].Counters!);
        return before?.Opening is { } opening
            && CounterIncrease.Between(opening.Candidate, now.Candidate) is { } candidate
            && CounterIncrease.Between(opening.Baseline, now.Baseline) is { } baseline
            ? new(Source, Measurements(candidate, baseline), null, opening)
            : new(Source, [], null, now);
    }

    private Measurement[] Measurements(IReadOnlyDictionary<Metric, Sample> candidate, IReadOnlyDictionary<Metric, Sample> baseline) =>
        [.. candidate.Keys.Union(baseline.Keys).Select(metric =>
            new Measurement(Source, metric, candidate.GetValueOrDefault(metric, Sample.None), baseline.GetValueOrDefault(metric, Sample.None)))];

    private async Task<Scrape> ScrapeAsync(MeasurementOrder order, RevisionAddress side, CancellationToken cancellationToken)
    {
        var (stack, path) = (order.Region.Target.Stack, order.Region.Analysis.MetricsPath);
        var answer = await observer.AskAsync(stack, side.Fqdn, path, order.Region.Verification.RequestTimeout, cancellationToken);
        return answer.Status != 200 ? new(null, $"expected metrics at {path} of {side.Name}, found {(answer.Status is { } status ? $"status {status}" : answer.Text)}")
            : PrometheusText.Parse(answer.Text) is { } samples ? new(WorkloadCounters.Of(samples, time.GetUtcNow()), null)
            : new(null, $"expected Prometheus' text format at {path} of {side.Name}, found something else");
    }

    private sealed record Scrape(Counters? Counters, string? Failure);
}
