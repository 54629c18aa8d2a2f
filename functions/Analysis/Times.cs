using Orchestrator.Core.Analysis;
using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Numbers = Pragmastat.Sample;

namespace Orchestrator.Functions.Analysis;

/// <summary>What can be said of times by their distributions.</summary>
internal static class Times
{
    // Enough to tell a difference of a twentieth; the test compares every time of one side with every one of the other.
    private const int Most = 500;

    /// <summary>
    /// The probability of times like these if the candidate's were at most (1 + <paramref name="part"/>) times the baseline's and
    /// <paramref name="slack"/> more: Mann and Whitney's U test, exact up to 65 times in all, else by Edgeworth's approximation.
    /// It asks whether one side's times tend to be longer, whatever shape they have. Of a histogram the candidate's are taken to be as
    /// short, and the baseline's as long, as their buckets allow.
    /// </summary>
    public static double SlowerThan(Sample candidate, Sample baseline, double part, TimeSpan slack) =>
        PValue(Values(candidate, Shortest), Moved(Values(baseline, Longest), part, slack));

    /// <summary>
    /// The probability of times like these if the candidate's were at least (1 + <paramref name="part"/>) times the baseline's and
    /// <paramref name="slack"/> more. Of a histogram both are taken to be spread evenly within their buckets, as Prometheus'
    /// histogram_quantile takes them.
    /// </summary>
    public static double FasterThan(Sample candidate, Sample baseline, double part, TimeSpan slack) =>
        PValue(Moved(Values(baseline, AtLeast), part, slack), Values(candidate, AtMost));

    /// <summary>The time that so many of the sample's are at most, in seconds.</summary>
    public static double Quantile(Sample sample, double share)
    {
        var rank = (long)Math.Ceiling(sample.Total * share);
        var before = 0L;
        foreach (var bin in sample.Bins)
        {
            if (before + bin.Count >= rank)
            {
                return AtLeast(bin, rank - before);
            }

            before += bin.Count;
        }

        return sample.Bins[^1].From;
    }

    /// <summary>How many of the sample's times are surely longer than <paramref name="limit"/>.</summary>
    public static long LongerThan(Sample sample, TimeSpan limit) => sample.Bins.Where(bin => bin.From >= limit.TotalSeconds && !(bin.To <= limit.TotalSeconds)).Sum(bin => bin.Count);

    private static double PValue(double[] longer, double[] shorter) =>
        new MannWhitneyTest().Perform(new Numbers(longer), new Numbers(shorter), AlternativeHypothesis.Greater, Threshold.Zero).PValue;

    private static double[] Moved(double[] times, double part, TimeSpan slack) => [.. times.Select(time => (time * (1 + part)) + slack.TotalSeconds)];

    // A large sample is thinned evenly: that hides nothing, and makes the test less sure, never surer.
    private static double[] Values(Sample sample, Func<Bin, long, double> place)
    {
        var count = (int)Math.Min(sample.Total, Most);
        var values = new double[count];
        var (index, before) = (0, 0L);
        for (var at = 0; at < count; at++)
        {
            var rank = (long)(((at + 0.5) / count * sample.Total) + 0.5);
            while (before + sample.Bins[index].Count < rank)
            {
                before += sample.Bins[index].Count;
                index++;
            }

            values[at] = place(sample.Bins[index], rank - before);
        }

        return values;
    }

    private static double Shortest(Bin bin, long rank) => bin.From;

    private static double Longest(Bin bin, long rank) => bin.To ?? double.MaxValue / 1e6;

    // Above the last bound nothing is known but that bound.
    private static double AtLeast(Bin bin, long rank) => bin.To is { } to ? bin.From + ((to - bin.From) * (rank - 0.5) / bin.Count) : bin.From;

    private static double AtMost(Bin bin, long rank) => bin.To is null ? Longest(bin, rank) : AtLeast(bin, rank);
}
