using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites.Calls;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether another model says that an answer passes. Anything but its verdict is an error of measurement.</summary>
/// <param name="suite">The suite.</param>
/// <param name="grader">What the judge goes by.</param>
/// <param name="judge">The judge.</param>
internal sealed class JudgedAnswer(Suite suite, JudgeGrader grader, ModelClient judge) : IAnswerGrader
{
    // Beyond this a judge loses sight of what it was asked.
    private const int LongestAnswer = 32_000;
    private const int MostTokens = 2_000;

    public async ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken)
    {
        if (graded.Reply.Text.Length > LongestAnswer)
        {
            return Grade.Failed($"expected an answer of at most {LongestAnswer} characters for the judge, found {graded.Reply.Text.Length}");
        }

        var request = ChatRequest.OfJudge(judge.Model, JudgePrompt.Of(suite, graded, grader.Rubric), graded.Seed, MostTokens);
        return await judge.AskAsync(request, cancellationToken) switch
        {
            CallResult.Answered { Reply: var verdict } => Read(verdict),
            CallResult.Failed { Why: var why } => Grade.NotMeasured($"judge {grader.Model}: {why}"),
            CallResult.NotMeasured { Why: var why } => Grade.NotMeasured($"judge {grader.Model}: {why}"),
            var other => throw new InvalidOperationException($"Expected a way for a call to end, found {other}."),
        };
    }

    private Grade Read(ModelReply verdict)
    {
        var lines = verdict.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return (verdict.IsFiltered, lines) switch
        {
            (false, [.., "PASS"]) => Grade.Passed,
            (false, [.. var reasons, "FAIL"]) => Grade.Failed($"judge {grader.Model}: {Grade.Quote(string.Join(' ', reasons))}"),
            _ => Grade.NotMeasured($"judge {grader.Model}: expected PASS or FAIL as the last line, found {Grade.Quote(verdict.IsFiltered ? "what a content filter left" : lines.LastOrDefault() ?? string.Empty)}"),
        };
    }
}
