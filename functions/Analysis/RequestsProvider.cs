using Orchestrator.Core.Analysis;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Analysis;

/// <summary>Measures by the orchestrator's own requests, sent to both revisions' own addresses at the same time. Each look adds to those before it.</summary>
/// <param name="observer">Who sends them.</param>
public sealed class RequestsProvider(WorkloadObserver observer) : IMeasurementProvider
{
    /// <inheritdoc />
    public MeasurementSource Source => MeasurementSource.Requests;

    /// <inheritdoc />
    public async Task<SourceReading> ReadAsync(MeasurementOrder order, SourceReading? before, CancellationToken cancellationToken)
    {
        var candidate = order.Observing ?? ObserveAsync(order, order.Candidate, cancellationToken);
        var baseline = order.Baseline is { } other ? await ObserveAsync(order, other, cancellationToken) : null;
        var observed = await candidate;
        var measurements = Enum.GetValues<Metric>().Where(metric => Source.Offers(metric))
            .Select(metric => new Measurement(Source, metric, Measure(metric, observed), baseline is null ? Sample.None : Measure(metric, baseline)))
            .Select(now => before?.Measurements.FirstOrDefault(earlier => earlier.Metric == now.Metric) is { } earlier
                ? now with { Candidate = earlier.Candidate.With(now.Candidate), Baseline = earlier.Baseline.With(now.Baseline) }
                : now)
            .ToArray();
        string[] silent = [.. IsSilent(observed) ? [order.Candidate.Name] : Array.Empty<string>(), .. baseline is not null && IsSilent(baseline) ? [order.Baseline!.Name] : Array.Empty<string>()];
        return new(Source, measurements, silent.Length == 0 ? null : $"no answer from {string.Join(" and ", silent)}");
    }

    private Task<Observations> ObserveAsync(MeasurementOrder order, RevisionAddress side, CancellationToken cancellationToken)
    {
        var region = order.Region;
        return observer.ObserveAsync(region.Target.Stack, side.Fqdn, region.Verification, region.Candidate.ProbeUnder(region.Verification), cancellationToken);
    }

    private static bool IsSilent(Observations observed) => observed.Probes.All(probe => probe.Outcome == ProbeOutcome.Unreachable);

    private static Sample Measure(Metric metric, Observations observed)
    {
        var reached = observed.Probes.Where(probe => probe.Outcome != ProbeOutcome.Unreachable).ToArray();
        return metric switch
        {
            Metric.Errors => Share(ProbeOutcome.Failed, reached.Where(probe => probe.Outcome is ProbeOutcome.Answered or ProbeOutcome.Failed)),
            Metric.ContentFiltered => Share(ProbeOutcome.Filtered, reached),
            Metric.RateLimited => Share(ProbeOutcome.RateLimited, reached),
            _ => Sample.OfTimes(reached.Where(probe => probe.Outcome == ProbeOutcome.Answered).Select(probe => Bin(probe.Latency))),
        };
    }

    private static Sample Share(ProbeOutcome events, IEnumerable<ProbeSample> all)
    {
        var probes = all.ToArray();
        return Sample.OfShare(probes.Count(probe => probe.Outcome == events), probes.Length);
    }

    // Three digits tell more than the network lets through, and keep what travels short.
    private static Bin Bin(TimeSpan latency)
    {
        var seconds = latency.TotalSeconds;
        var digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Max(seconds, 1e-6))), 0, 6);
        var rounded = Math.Round(seconds, digits);
        return new(rounded, rounded, 1);
    }
}
