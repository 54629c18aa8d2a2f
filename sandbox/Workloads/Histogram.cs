namespace Orchestrator.Sandbox.Workloads;

/// <summary>A histogram with the bounds that OpenTelemetry recommends for HTTP durations.</summary>
internal sealed class Histogram
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly long[] counts = new long[Bounds.Length + 1];

    public long Count => counts.Sum();

    public double Sum { get; private set; }

    public void Add(double value, long count)
    {
        var index = Array.FindIndex(Bounds, bound => value <= bound);
        counts[index < 0 ? Bounds.Length : index] += count;
        Sum += value * count;
    }

    /// <summary>How many were at most each bound; the last bound is infinite.</summary>
    public IEnumerable<(double AtMost, long Count)> Cumulative()
    {
        var all = 0L;
        for (var index = 0; index <= Bounds.Length; index++)
        {
            all += counts[index];
            yield return (index < Bounds.Length ? Bounds[index] : double.PositiveInfinity, all);
        }
    }
}
