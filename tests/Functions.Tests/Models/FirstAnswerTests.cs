using Orchestrator.Core.Verification;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Tests.Models;

public sealed class FirstAnswerTests
{
    private const string Asked = "flash-2026-10-01";

    [Theory]
    [InlineData(ModelKind.Closed, Asked)]
    [InlineData(ModelKind.Closed, $"{Asked}-eu")]
    [InlineData(ModelKind.Online, Asked)]
    [InlineData(ModelKind.External, Asked)]
    public void The_name_that_was_asked_is_ready(ModelKind kind, string found) =>
        Judge(kind, new(200, found, string.Empty)).ShouldBe(new(Readiness.Ready, $"the model answers as {found}"));

    [Theory]
    [InlineData(ModelKind.Closed, "flash-2026-08-07")]
    [InlineData(ModelKind.Online, $"{Asked}-eu")]
    [InlineData(ModelKind.External, "FLASH-2026-10-01")]
    public void Another_name_is_held_against_the_release(ModelKind kind, string found) =>
        Judge(kind, new(200, found, string.Empty)).ShouldBe(new(Readiness.Failed, $"expected the model to answer as {Asked}, found {found}", Verdict.Fail));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_name_is_held_against_the_release_whatever_serves_it(string? found)
    {
        foreach (var kind in Enum.GetValues<ModelKind>())
        {
            Judge(kind, new(200, found, string.Empty)).ShouldBe(new(Readiness.Failed, $"expected the model to answer as {Asked}, found no name", Verdict.Fail));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(424)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public void What_may_come_yet_is_waited_for(int? status)
    {
        foreach (var kind in Enum.GetValues<ModelKind>())
        {
            Judge(kind, new(status, null, "not now")).ShouldBe(new(Readiness.Progressing, "the model does not answer yet: not now"));
        }
    }

    [Theory]
    [InlineData(204)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public void A_refusal_says_nothing_of_the_release(int status)
    {
        foreach (var kind in Enum.GetValues<ModelKind>())
        {
            Judge(kind, new(status, null, $"status {status}")).ShouldBe(new(Readiness.Failed, $"the model refuses to answer: status {status}", Verdict.Error));
        }
    }

    [Fact]
    public void A_name_of_any_length_is_told_in_short() =>
        Judge(ModelKind.Online, new(200, new string('x', 5_000), string.Empty)).Detail.Length.ShouldBeLessThan(200);

    private static ModelReadiness Judge(ModelKind kind, ModelAnswer answer) => FirstAnswer.Judge(kind, "the model", Asked, answer);
}
