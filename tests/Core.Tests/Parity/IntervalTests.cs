using Orchestrator.Core.Parity;

namespace Orchestrator.Core.Tests.Parity;

public sealed class IntervalTests
{
    // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I: the score method.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_a_rate_is_the_published_one(int passed, int tries, double low, double high)
    {
        var interval = Interval.OfRate(passed, tries);

        interval.Low.ShouldBe(low, 0.00005);
        interval.High.ShouldBe(high, 0.00005);
    }

    // Newcombe, "Interval estimation for the difference between independent proportions", 1998, table II: method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void The_interval_of_a_difference_is_the_published_one(int passed, int tries, int otherPassed, int otherTries, double low, double high)
    {
        var interval = Interval.OfDifference(Rate(passed, tries), Rate(otherPassed, otherTries));

        interval.Low.ShouldBe(low, 0.00005);
        interval.High.ShouldBe(high, 0.00005);
    }

    [Fact]
    public void Without_a_try_the_truth_may_be_anything() => Interval.OfRate(0, 0).ShouldBe(new Interval(0, 1));

    private static ParityMeasure Rate(int passed, int tries) => new((double)passed / tries, passed, tries, null);
}
