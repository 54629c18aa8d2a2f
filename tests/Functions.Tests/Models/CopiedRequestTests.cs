using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Tests.Models;

/// <summary>Which of the copies that a new server got have failed.</summary>
public sealed class CopiedRequestTests
{
    [Theory]
    [InlineData(200, 200, false)]
    [InlineData(500, null, true)]
    [InlineData(503, null, true)]
    [InlineData(408, null, true)]
    [InlineData(429, null, false)]
    [InlineData(424, 500, true)]
    [InlineData(424, 408, true)]
    [InlineData(424, 400, false)]
    [InlineData(424, 429, false)]
    [InlineData(424, null, true)]
    [InlineData(424, 0, true)]
    [InlineData(424, 200, true)]
    public void A_server_is_held_to_its_own_status_and_has_failed_where_it_has_none(int status, int? own, bool hasFailed) =>
        OnlineMirror.HasFailed(new("w-1", status, 1) { ModelStatus = own }).ShouldBe(hasFailed);
}
