using Orchestrator.Core.Analysis;

namespace Orchestrator.Functions.Analysis;

/// <summary>By how much the counters of one process have grown.</summary>
internal static class CounterIncrease
{
    /// <summary>What happened between two readings; null when a counter fell or is not a number: then nothing is known.</summary>
    public static IReadOnlyDictionary<Metric, Sample>? Between(Counters opening, Counters now)
    {
        var samples = new Dictionary<Metric, Sample>();
        foreach (var series in now.Series)
        {
            if (Between(opening.Series.FirstOrDefault(one => one.Metric == series.Metric), series) is not { } sample)
            {
                return null;
            }

            samples.Add(series.Metric, sample);
        }

        return samples;
    }

    private static Sample? Between(CounterSeries? opening, CounterSeries now)
    {
        if (Increase(opening?.Events ?? 0, now.Events) is not { } events || Increase(opening?.Total ?? 0, now.Total) is not { } total)
        {
            return null;
        }

        if (!now.Metric.IsTime())
        {
            return Sample.OfShare((long)Math.Round(Math.Min(events, total)), (long)Math.Round(total));
        }

        var bins = new List<Bin>();
        var (from, before) = (0.0, 0.0);
        foreach (var bucket in now.Buckets)
        {
            if (Increase(opening?.Buckets.FirstOrDefault(one => one.AtMost == bucket.AtMost)?.Count ?? 0, bucket.Count) is not { } upTo || upTo < before)
            {
                return null;
            }

            bins.Add(new(from, bucket.AtMost, (long)Math.Round(upTo - before)));
            (from, before) = (bucket.AtMost ?? from, upTo);
        }

        return Sample.OfTimes(bins.Where(bin => bin.Count > 0));
    }

    private static double? Increase(double opening, double now) => opening >= 0 && now >= opening ? now - opening : null;
}
