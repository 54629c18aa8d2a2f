using MathNet.Numerics.Distributions;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Tests.Analysis;

/// <summary>How often bounds on a difference of shares are wrong: every possible outcome weighed by its probability, none drawn.</summary>
public sealed class SharesTests
{
    private static readonly double[] Baselines = [0, 0.001, 0.01, 0.02, 0.1, 0.4, 0.75];
    private static readonly double[] Differences = [0, 0.02, 0.25];

    [Theory]
    [InlineData(3, 30, 0.0125)]
    [InlineData(20, 20, 0.05)]
    [InlineData(30, 200, 1e-5)]
    [InlineData(30, 270, 0.0025)]
    [InlineData(270, 30, 0.00625)]
    [InlineData(60, 240, 1e-5)]
    [InlineData(100, 100, 0.05)]
    public void Either_bound_on_a_difference_is_wrong_no_oftener_than_asked(int candidates, int baselines, double risk)
    {
        foreach (var difference in Differences)
        {
            foreach (var baseline in Baselines)
            {
                var (below, above) = Wrong(candidates, baselines, baseline, difference, risk);

                below.ShouldBeLessThanOrEqualTo(risk, $"lower bound, {baseline} and {difference} more");
                above.ShouldBeLessThanOrEqualTo(risk, $"upper bound, {baseline} and {difference} more");
            }
        }
    }

    [Fact]
    public void No_event_at_all_still_leaves_room_for_some() =>
        Shares.Of(0, 20, 0.05).ShouldBe(new Bounds(0, 1 - Math.Pow(0.05, 1.0 / 20)), new BoundsComparer());

    private static (double Below, double Above) Wrong(int n, int m, double baseline, double difference, double risk)
    {
        var (candidate, other) = (new Binomial(baseline + difference, n), new Binomial(baseline, m));
        var (below, above) = (0.0, 0.0);
        for (var x = 0; x <= n; x++)
        {
            for (var y = 0; y <= m; y++)
            {
                var probability = candidate.Probability(x) * other.Probability(y);
                if (probability < 1e-14)
                {
                    continue;
                }

                var bounds = Shares.Difference((x, n), (y, m), risk);
                below += bounds.Lower > difference ? probability : 0;
                above += bounds.Upper < difference ? probability : 0;
            }
        }

        return (below, above);
    }

    private sealed class BoundsComparer : IEqualityComparer<Bounds>
    {
        public bool Equals(Bounds x, Bounds y) => Math.Abs(x.Lower - y.Lower) < 1e-9 && Math.Abs(x.Upper - y.Upper) < 1e-9;

        public int GetHashCode(Bounds bounds) => 0;
    }
}
