using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Suites.Gates;

/// <summary>What can be said of a mean by values that lie between known ends, each of one case.</summary>
/// <remarks>
/// <para>
/// A score interval: a mean is possible where the measured one is not too far from it, by the spread that the values would most likely
/// have if it were the true one. That spread comes from the likeliest distribution with this mean, which may also put weight on the
/// ends where nothing was measured; so a run in which nothing differs still leaves something open, the more so the fewer its cases.
/// </para>
/// <para>
/// For values of 0 and 1 this is Wilson's interval (1927), for values of -1, 0 and 1 Tango's for paired shares (Statistics in Medicine
/// 17, 1998). With u = value - mean and the multiplier l of the likeliest distribution (the root of the sum of u / (1 + l u), or
/// 1 / (mean - end) if that is smaller) the square of the score is n l (measured - mean): it grows with every value, so that no bound
/// ever falls because something got better.
/// </para>
/// </remarks>
internal static class MeanBounds
{
    private const double Accuracy = 1e-12;
    private const int MostSteps = 200;

    /// <summary>The bounds of the mean, each wrong with a probability of about <paramref name="risk"/>.</summary>
    /// <param name="values">At least one, each from <paramref name="least"/> to <paramref name="most"/>.</param>
    /// <param name="least">The lower end.</param>
    /// <param name="most">The upper end.</param>
    /// <param name="risk">The probability, above 0 and below a half.</param>
    public static Bounds Of(IReadOnlyList<double> values, double least, double most, double risk)
    {
        var groups = Groups(values);
        var mirrored = groups.Select(group => (Value: -group.Value, group.Count)).Reverse().ToArray();
        var z = Normal.InvCDF(0, 1, 1 - risk);
        return new(Lower(groups, values.Count, least, z * z), -Lower(mirrored, values.Count, -most, z * z));
    }

    private static (double Value, int Count)[] Groups(IReadOnlyList<double> values) =>
        [.. values.GroupBy(value => value).Select(group => (group.Key, group.Count())).OrderBy(group => group.Key)];

    private static double Lower((double Value, int Count)[] groups, int count, double least, double square)
    {
        var measured = groups.Sum(group => group.Value * group.Count) / count;
        return measured - least <= Accuracy
            ? least
            : Brent.FindRoot(mean => SquareOfScore(mean) - square, least + Accuracy, measured, Accuracy, MostSteps);

        // At the measured mean itself the multiplier is the root of nothing but rounding.
        double SquareOfScore(double mean) => measured - mean <= Accuracy ? 0 : count * Multiplier(groups, least, mean) * (measured - mean);
    }

    private static double Multiplier((double Value, int Count)[] groups, double least, double mean)
    {
        var most = 1 / (mean - least);
        return Balance(groups, mean, most * (1 - Accuracy)) >= 0
            ? most
            : most * Brent.FindRoot(share => Balance(groups, mean, most * share), 0, 1 - Accuracy, Accuracy, MostSteps);
    }

    private static double Balance((double Value, int Count)[] groups, double mean, double multiplier)
    {
        var sum = 0d;
        foreach (var (value, times) in groups)
        {
            sum += times * (value - mean) / (1 + (multiplier * (value - mean)));
        }

        return sum;
    }
}
