using Orchestrator.Core.Problems;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether a time that was measured is within its bound.</summary>
/// <param name="what">What took the time.</param>
/// <param name="atMost">The bound.</param>
/// <param name="measured">The time; null where it was not measured.</param>
internal sealed class TimeAnswer(string what, TimeSpan atMost, Func<ReplyTimes, TimeSpan?> measured) : IAnswerGrader
{
    public ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken) => new(measured(graded.Reply.Times) is { } time
        ? Grade.Of(time <= atMost, $"expected {what} within {DurationText.Format(atMost)}, found {time.TotalMilliseconds:N0} ms")
        : Grade.NotMeasured($"{what} was not measured: nothing was streamed"));
}
