using Orchestrator.Core.Names;

namespace Orchestrator.Core.Tests.Names;

public sealed class SemanticVersionTests
{
    // The order that semver.org's own section 11 gives, and numbers too large for any integer.
    private static readonly string[] InOrder =
    [
        "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
        "1.0.0-beta.99999999999999999999", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
    ];

    [Fact]
    public void Versions_are_older_in_the_order_that_the_specification_gives()
    {
        foreach (var (one, left) in InOrder.Index().Select(entry => (entry.Item, entry.Index)))
        {
            foreach (var (other, right) in InOrder.Index().Select(entry => (entry.Item, entry.Index)))
            {
                SemanticVersion.IsOlder(one, other).ShouldBe(left < right, $"{one} and {other}");
            }
        }
    }

    [Theory]
    [InlineData("1.0.0+build.1", "1.0.0+build.2")]
    [InlineData("nightly", "1.0.0")]
    [InlineData("1.0.0", "nightly")]
    [InlineData("1.0", "1.0.1")]
    public void Builds_make_no_difference_and_what_is_no_version_is_not_older(string one, string other) =>
        SemanticVersion.IsOlder(one, other).ShouldBeFalse();
}
