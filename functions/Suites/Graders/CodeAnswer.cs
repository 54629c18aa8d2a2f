using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites.Code;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether an answer's function returns what is wanted of it.</summary>
/// <param name="grader">The function and its tests.</param>
/// <param name="run">Runs an answer's code where it can do no harm.</param>
internal sealed class CodeAnswer(CodeGrader grader, Func<string, string, IReadOnlyList<CodeCheck>, CancellationToken, CodeOutcome> run) : IAnswerGrader
{
    private readonly IReadOnlyList<CodeCheck> checks = [.. grader.Tests.Select(test => new CodeCheck(test.Arguments, test.Expected))];

    public ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken)
    {
        var outcome = run(graded.Reply.Text, grader.Function, checks, cancellationToken);
        return new(Grade.Of(outcome.IsPassed, $"{grader.Function}: {outcome.Detail}"));
    }
}
