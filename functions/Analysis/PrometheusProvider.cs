using Orchestrator.Core.Analysis;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Analysis;

/// <summary>
/// Measures by what both revisions count themselves, from the opening of the window until now. A revision of several replicas answers
/// with one of them at a time, so each is asked several times and every replica is followed by itself, by when its process began.
/// </summary>
/// <param name="observer">The way to the workloads.</param>
/// <param name="time">The clock.</param>
public sealed class PrometheusProvider(WorkloadObserver observer, TimeProvider time) : IMeasurementProvider
{
    private const int AsksOfReplicas = 8;

    /// <inheritdoc />
    public MeasurementSource Source => MeasurementSource.Prometheus;

    /// <inheritdoc />
    public async Task<SourceReading> ReadAsync(MeasurementOrder order, SourceReading? before, CancellationToken cancellationToken)
    {
        var candidate = ReadAsync(order, order.Candidate, before?.Replicas?.Candidate ?? [], cancellationToken);
        var baseline = order.Baseline is { } other ? ReadAsync(order, other, before?.Replicas?.Baseline ?? [], cancellationToken) : Task.FromResult(new SideReading([], null));
        var (own, compared) = (await candidate, await baseline);
        var (samples, others) = (ReplicaWindow.Sum(own.Replicas), ReplicaWindow.Sum(compared.Replicas));
        return new(
            Source,
            [.. samples.Keys.Union(others.Keys).Select(metric => new Measurement(Source, metric, samples.GetValueOrDefault(metric, Sample.None), others.GetValueOrDefault(metric, Sample.None)))],
            own.Failure ?? compared.Failure,
            IsFresh: before?.Replicas is null,
            new(own.Replicas, compared.Replicas));
    }

    private async Task<SideReading> ReadAsync(MeasurementOrder order, RevisionAddress side, IReadOnlyList<ReplicaCounters> before, CancellationToken cancellationToken)
    {
        var scrapes = await Task.WhenAll(Enumerable.Range(0, side.Replicas > 1 ? AsksOfReplicas : 1).Select(_ => ScrapeAsync(order, side, cancellationToken)));
        if (scrapes.FirstOrDefault(scrape => scrape.Failure is not null) is { } failed)
        {
            return new(before, failed.Failure);
        }

        var counters = scrapes.Select(scrape => scrape.Counters!).DistinctBy(read => read.ProcessStart).ToArray();
        return side.Replicas > 1 && counters.Any(read => read.Series.Count > 0 && read.ProcessStart is null)
            ? new(before, $"expected process_start_time_seconds from {side.Name}, as its {side.Replicas} replicas cannot be told apart otherwise; found none")
            : new(ReplicaWindow.With(before, order.Since, counters), null);
    }

    private async Task<Scrape> ScrapeAsync(MeasurementOrder order, RevisionAddress side, CancellationToken cancellationToken)
    {
        var (stack, path) = (order.Region.Target.Stack, order.Region.Analysis.MetricsPath);
        var policy = order.Region.Verification;
        var answer = await observer.AskAsync(stack, side.Fqdn, path, policy.RequestTimeout, cancellationToken);
        return answer switch
        {
            // A baseline from before there were metrics has none: that is missing data, not a source that is down.
            { Status: 404 } when side != order.Candidate => new(new(time.GetUtcNow(), null, []), null),
            { Status: not 200 } => new(null, $"expected metrics at {path} of {side.Name}, found {(answer.Status is { } status ? $"status {status}" : answer.Text)}"),
            { IsCut: true } => new(null, $"expected at most 1 MiB of metrics at {path} of {side.Name}, found more"),
            _ when PrometheusText.Parse(answer.Text) is { } samples => new(WorkloadCounters.Of(samples, time.GetUtcNow(), [path, policy.HealthPath, policy.VersionPath]), null),
            _ => new(null, $"expected Prometheus' text format at {path} of {side.Name}, found something else"),
        };
    }

    private sealed record Scrape(Counters? Counters, string? Failure);

    private sealed record SideReading(IReadOnlyList<ReplicaCounters> Replicas, string? Failure);
}
