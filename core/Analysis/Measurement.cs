namespace Orchestrator.Core.Analysis;

/// <summary>What a source has measured of one metric over one window, on both sides.</summary>
/// <param name="Source">Who has measured.</param>
/// <param name="Metric">What.</param>
/// <param name="Candidate">The candidate's; empty when there was nothing.</param>
/// <param name="Baseline">The baseline's over the same window; empty when there was nothing.</param>
public sealed record Measurement(MeasurementSource Source, Metric Metric, Sample Candidate, Sample Baseline);

/// <summary>What was measured on one side.</summary>
/// <param name="Total">How many requests were looked at.</param>
/// <param name="Events">Of a share: how many of them count, e.g. failed.</param>
/// <param name="Bins">Of a time: how long they took; the counts add up to <paramref name="Total"/>.</param>
public sealed record Sample(long Total, long Events, IReadOnlyList<Bin> Bins)
{
    /// <summary>Nothing measured.</summary>
    public static Sample None { get; } = new(0, 0, []);

    /// <summary>Counts of a share.</summary>
    public static Sample OfShare(long events, long total) => new(total, events, []);

    /// <summary>Times in seconds.</summary>
    public static Sample OfTimes(IEnumerable<Bin> bins)
    {
        var all = bins.GroupBy(bin => (bin.From, bin.To)).Select(group => new Bin(group.Key.From, group.Key.To, group.Sum(bin => bin.Count))).OrderBy(bin => bin.To ?? double.PositiveInfinity).ToArray();
        return new(all.Sum(bin => bin.Count), 0, all);
    }

    /// <summary>Both together.</summary>
    public Sample With(Sample other) => Bins.Count == 0 && other.Bins.Count == 0
        ? OfShare(Events + other.Events, Total + other.Total)
        : OfTimes(Bins.Concat(other.Bins));
}

/// <summary>Times between two bounds, in seconds; both bounds are the same where the times are known by themselves.</summary>
/// <param name="From">Longer than this.</param>
/// <param name="To">At most this; null where there is no bound.</param>
/// <param name="Count">How many.</param>
public sealed record Bin(double From, double? To, long Count);
