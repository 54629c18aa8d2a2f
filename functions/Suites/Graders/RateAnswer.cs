using System.Globalization;
using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether tokens come fast enough.</summary>
internal sealed class RateAnswer(TokensPerSecondGrader grader) : IAnswerGrader
{
    public ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken) => new(graded.Reply.Times.TokensPerSecond is { } rate
        ? Grade.Of(rate >= grader.AtLeast, string.Create(CultureInfo.InvariantCulture, $"expected at least {grader.AtLeast} tokens a second, found {rate:N1}"))
        : Grade.NotMeasured("tokens a second were not measured: nothing was streamed, or all at once"));
}
