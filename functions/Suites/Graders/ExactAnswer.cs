using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether an answer is a text.</summary>
internal sealed class ExactAnswer(ExactGrader grader) : IAnswerGrader
{
    public ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken)
    {
        var comparison = grader.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var isSame = graded.Reply.Text.Trim().Equals(grader.Value.Trim(), comparison);
        return new(Grade.Of(isSame, $"expected {Grade.Quote(grader.Value)}, found {Grade.Quote(graded.Reply.Text)}"));
    }
}
