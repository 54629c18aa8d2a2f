namespace Orchestrator.Core.Parity;

/// <summary>
/// Where the truth behind a measurement lies with 95 % confidence. The tries of one case are like each other, so the truth may lie a
/// little further out than this says.
/// </summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record Interval(double Low, double High)
{
    // The two-sided 95 % quantile of the standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>
    /// Of a pass rate. Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927; the score
    /// interval. Without a try, it is everything from 0 to 1.
    /// </summary>
    public static Interval OfRate(int passed, int tries)
    {
        if (tries == 0)
        {
            return new(0, 1);
        }

        var (share, square) = ((double)passed / tries, Z * Z);
        var middle = share + (square / (2 * tries));
        var reach = Z * Math.Sqrt(((share * (1 - share)) + (square / (4 * tries))) / tries);
        var scale = 1 + (square / tries);
        return new(Math.Max(0, (middle - reach) / scale), Math.Min(1, (middle + reach) / scale));
    }

    /// <summary>
    /// Of the difference of two pass rates, the first less the second. Source: Newcombe, "Interval estimation for the difference
    /// between independent proportions", Statistics in Medicine 17, 1998; method 10.
    /// </summary>
    public static Interval OfDifference(ParityMeasure first, ParityMeasure second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (one, other) = (OfRate(first.Passed, first.Tries), OfRate(second.Passed, second.Tries));
        var difference = first.Value - second.Value;
        return new(
            difference - Hypotenuse(first.Value - one.Low, other.High - second.Value),
            difference + Hypotenuse(one.High - first.Value, second.Value - other.Low));
    }

    private static double Hypotenuse(double one, double other) => Math.Sqrt((one * one) + (other * other));
}
