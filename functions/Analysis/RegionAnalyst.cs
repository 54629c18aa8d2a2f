using Orchestrator.Core.Analysis;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Analysis;

/// <summary>Compares a region's candidate with its baseline by whatever sources its policy names.</summary>
/// <param name="providers">One for each source.</param>
/// <param name="apps">The regions' container apps.</param>
/// <param name="time">The clock, for the end of the window.</param>
public sealed class RegionAnalyst(IEnumerable<IMeasurementProvider> providers, ContainerApps apps, TimeProvider time)
{
    private readonly Dictionary<MeasurementSource, IMeasurementProvider> providers = providers.ToDictionary(provider => provider.Source);

    /// <summary>One look: what was measured until now, and what follows from it.</summary>
    /// <param name="region">The region and its policies.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="order">With what it is compared, and which look it is.</param>
    /// <param name="observing">The candidate's observations, where they are being made anyway; null where not.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say where the baseline answers.</exception>
    public async Task<AnalysisReport> LookAsync(
        RegionOrder region,
        RevisionAddress candidate,
        ComparisonOrder order,
        Task<Observations>? observing,
        CancellationToken cancellationToken)
    {
        RevisionAddress? baseline = null;
        if (order.Kind != LookKind.LimitsOnly)
        {
            var revision = await apps.ReadRevisionAsync(region.Target, order.Baseline.Revision, cancellationToken);
            if (revision?.Fqdn is not { } fqdn)
            {
                return new([new("baseline", Verdict.Error, $"an address of {order.Baseline.Revision}", "none")], order.Window);
            }

            baseline = new(revision.Name, fqdn, revision.Replicas);
        }

        var now = time.GetUtcNow();
        var whom = new MeasurementOrder(region, candidate, baseline, order.Window.Since, now, observing);
        var readings = await Task.WhenAll(region.Analysis.Sources.Where(source => order.Kind != LookKind.Opening || source.HasCounters())
            .Select(source => providers[source].ReadAsync(whom, order.Window.Readings.FirstOrDefault(reading => reading.Source == source), cancellationToken)));
        var scope = order.Kind == LookKind.LimitsOnly ? JudgementScope.LimitsOnly : JudgementScope.Everything;
        return new(
            order.Kind == LookKind.Opening ? [] : AnalysisJudge.Judge(region.Analysis, readings, order.Looks, scope),
            order.Kind == LookKind.LimitsOnly ? new(now, [.. readings.Select(SinceNow)]) : order.Window with { Readings = readings });
    }

    // A limit is on what happens now: hours in which all was well must not hide it.
    private static SourceReading SinceNow(SourceReading reading) => reading with
    {
        Measurements = [],
        Replicas = reading.Replicas is { } replicas ? new([.. replicas.Candidate.Select(replica => replica with { Opening = replica.Latest })], []) : null,
    };
}

/// <summary>With what a candidate is compared.</summary>
/// <param name="Baseline">The baseline.</param>
/// <param name="Window">What has been measured since the present share of the traffic began.</param>
/// <param name="Looks">Which look it is.</param>
/// <param name="Kind">What is wanted of it.</param>
public sealed record ComparisonOrder(Baseline Baseline, AnalysisWindow Window, Looks Looks, LookKind Kind);

/// <summary>What is wanted of a look.</summary>
public enum LookKind
{
    /// <summary>Only where counters stand, to know later by how much they have grown.</summary>
    Opening,

    /// <summary>A verdict by comparison and by limits.</summary>
    Comparison,

    /// <summary>A verdict by limits alone, as the baseline has no traffic.</summary>
    LimitsOnly,
}

/// <summary>The time in which the traffic is shared in one way, and what was measured in it.</summary>
/// <param name="Since">Its beginning, by the orchestration's clock.</param>
/// <param name="Readings">Each source's last reading.</param>
public sealed record AnalysisWindow(DateTimeOffset Since, IReadOnlyList<SourceReading> Readings);

/// <summary>What a look has shown.</summary>
/// <param name="Checks">One for each metric of each source.</param>
/// <param name="Window">The window with what was measured.</param>
public sealed record AnalysisReport(IReadOnlyList<Check> Checks, AnalysisWindow Window);
