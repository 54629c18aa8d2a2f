using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether a regular expression is found in an answer, or is not.</summary>
internal sealed class PatternAnswer(PatternGrader grader) : IAnswerGrader
{
    private readonly BoundedPattern pattern = new(grader.Pattern);

    // Whoever answers with what an expression cannot cope with must gain nothing by it.
    public ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken) => new(pattern.IsIn(graded.Reply.Text) switch
    {
        null => Grade.Failed("matching the pattern took too long with this answer"),
        var found => Grade.Of(found == grader.Expected, $"expected {(grader.Expected ? "the pattern" : "no match of the pattern")} {Grade.Quote(grader.Pattern)}, found {Grade.Quote(graded.Reply.Text)}"),
    });
}
