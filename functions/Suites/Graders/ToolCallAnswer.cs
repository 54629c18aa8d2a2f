using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether an answer calls one tool and no other, each time with arguments that conform; or none.</summary>
/// <param name="grader">What is wanted.</param>
/// <param name="arguments">The check of arguments; null for any.</param>
internal sealed class ToolCallAnswer(ToolCallGrader grader, AnswerSchemaCheck? arguments) : IAnswerGrader
{
    public ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken)
    {
        var calls = graded.Reply.ToolCalls;
        var called = calls.Count == 0 ? $"none, but {Grade.Quote(graded.Reply.Text)}" : Grade.Quote(string.Join(", ", calls.Take(5).Select(call => call.Name)));
        if (grader.Name is null)
        {
            return new(Grade.Of(calls.Count == 0, $"expected no call of a tool, found {called}"));
        }

        if (calls.Count == 0 || calls.Any(call => call.Name != grader.Name))
        {
            return new(Grade.Failed($"expected calls of {grader.Name} only, found {called}"));
        }

        var why = arguments is null ? null : calls.Select(call => arguments.WhyNot(call.Arguments)).FirstOrDefault(problem => problem is not null);
        return new(why is null ? Grade.Passed : Grade.Failed($"the arguments of {grader.Name}: {why}"));
    }
}
