using CsCheck;
using MathNet.Numerics.Distributions;
using Orchestrator.Functions.Suites.Gates;

namespace Orchestrator.Functions.Tests.Suites;

public sealed class MeanBoundsTests
{
    /// <summary>Examples of Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3: Wilson's interval.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Of_shares_they_are_those_of_Wilson(int passed, int total, double lower, double upper)
    {
        var bounds = MeanBounds.Of([.. Enumerable.Range(0, total).Select(number => number < passed ? 1d : 0d)], 0, 1, 0.025);

        bounds.Lower.ShouldBe(lower, 0.00005);
        bounds.Upper.ShouldBe(upper, 0.00005);
    }

    /// <summary>Fagerland, Lydersen and Laake, Statistics in Medicine 33 (2014): airway responsiveness of 21 children, Tango's interval.</summary>
    [Fact]
    public void Of_paired_cases_they_are_those_of_Tango()
    {
        var bounds = MeanBounds.Of(Paired(1, 7, 21), -1, 1, 0.025);

        bounds.Lower.ShouldBe(-0.517, 0.0005);
        bounds.Upper.ShouldBe(-0.026, 0.0005);
    }

    /// <summary>Yang, Sun and Hardin, Statistics in Medicine 32 (2013): Tango's bounds are roots of a polynomial of the fourth degree.</summary>
    [Fact]
    public void Of_any_paired_cases_they_solve_the_published_equation() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[1, 60]).Sample((better, worse, same) =>
        {
            var total = better + worse + same;
            var bounds = MeanBounds.Of(Paired(better, worse, total), -1, 1, 0.05);

            Equation(better, worse, total, bounds.Lower).ShouldBe(0, 1e-7);
            Equation(better, worse, total, bounds.Upper).ShouldBe(0, 1e-7);
            bounds.Lower.ShouldBeLessThan(bounds.Upper);
        }, iter: 500);

    [Fact]
    public void Where_nothing_differs_few_cases_leave_much_open()
    {
        MeanBounds.Of(Paired(0, 0, 5), -1, 1, 0.05).Lower.ShouldBe(-0.351, 0.001);
        MeanBounds.Of(Paired(0, 0, 100), -1, 1, 0.05).Lower.ShouldBe(-0.0263, 0.001);
    }

    [Fact]
    public void What_is_better_anywhere_never_lowers_a_bound_and_swapped_sides_are_mirrored() =>
        Gen.Select(Gen.Int[-3, 3].Array[1, 40], Gen.Int[0, 39], Gen.Int[0, 6]).Sample((thirds, which, by) =>
        {
            var values = thirds.Select(third => third / 3d).ToArray();
            var before = MeanBounds.Of(values, -1, 1, 0.05);
            var swapped = MeanBounds.Of([.. values.Select(value => -value)], -1, 1, 0.05);
            values[which % values.Length] = Math.Min(1, values[which % values.Length] + (by / 3d));
            var after = MeanBounds.Of(values, -1, 1, 0.05);

            after.Lower.ShouldBeGreaterThanOrEqualTo(before.Lower - 1e-9);
            after.Upper.ShouldBeGreaterThanOrEqualTo(before.Upper - 1e-9);
            swapped.Lower.ShouldBe(-before.Upper, 1e-9);
            swapped.Upper.ShouldBe(-before.Lower, 1e-9);
        }, iter: 1000);

    private static double[] Paired(int better, int worse, int total) =>
        [.. Enumerable.Range(0, total).Select(number => number < better ? 1d : number < better + worse ? -1d : 0d)];

    private static double Equation(int b, int c, int total, double at)
    {
        var (g, n) = (Math.Pow(Normal.InvCDF(0, 1, 0.95), 2), (double)total);
        double[] m =
        [
            n * n * Math.Pow((n / g) + 1, 2),
            -n * (b - c) * ((n / g) + 1) * ((4 * n / g) + 1),
            (2 * n * (b - c) * (b - c) * ((3 * n / g) + 2) / g) - (n * n * (((b + c) / g) + 1)),
            (n * (b - c) * ((2 * (b + c) / g) + 1)) - (Math.Pow(b - c, 3) * ((4 * n / g) + 1) / g),
            (b - c) * (b - c) * (((b - c) * (b - c) / g) - (b + c)) / g,
        ];
        return m.Aggregate(0d, (value, factor) => (value * at) + (factor / m[0]));
    }
}
