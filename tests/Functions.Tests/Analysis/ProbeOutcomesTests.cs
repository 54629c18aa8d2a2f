using Orchestrator.Core.Verification;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Tests.Analysis;

public sealed class ProbeOutcomesTests
{
    [Theory]
    [InlineData(200, "{\"choices\":[{\"finish_reason\":\"stop\"}]}", ProbeOutcome.Answered)]
    [InlineData(200, "{\"choices\":[{\"finish_reason\":\"content_filter\"}]}", ProbeOutcome.Filtered)]
    [InlineData(200, "the word content_filter alone is no refusal", ProbeOutcome.Answered)]
    [InlineData(400, "{\"error\":{\"code\":\"content_filter\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}", ProbeOutcome.Filtered)]
    [InlineData(400, "{\"error\":{\"code\":\"invalid\",\"message\":\"no content_filter here\"}}", ProbeOutcome.Failed)]
    [InlineData(429, "{}", ProbeOutcome.RateLimited)]
    [InlineData(500, "", ProbeOutcome.Failed)]
    public void How_a_probe_ended_is_told_by_status_and_body(int status, string body, ProbeOutcome expected) =>
        ProbeOutcomes.Of(status, body, timedOut: false).ShouldBe(expected);

    [Fact]
    public void No_answer_in_time_is_a_failure_and_no_connection_is_not()
    {
        ProbeOutcomes.Of(null, string.Empty, timedOut: true).ShouldBe(ProbeOutcome.Failed);
        ProbeOutcomes.Of(null, string.Empty, timedOut: false).ShouldBe(ProbeOutcome.Unreachable);
    }
}
