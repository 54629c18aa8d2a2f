using CsCheck;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Tests.Problems;

public sealed class DurationTextTests
{
    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Long[0, (long)TimeSpan.FromDays(30).TotalMilliseconds].Sample(milliseconds =>
            DurationText.Parse(DurationText.Format(TimeSpan.FromMilliseconds(milliseconds))) == TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 m")]
    [InlineData("-5m")]
    [InlineData("1m1h")]
    [InlineData("31d")]
    [InlineData("00:05:00")]
    [InlineData("999999999d")]
    public void What_is_no_duration_is_refused(string text) => DurationText.Parse(text).ShouldBeNull();
}
