using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites.Calls;
using Orchestrator.Functions.Suites.Graders;

namespace Orchestrator.Functions.Suites;

/// <summary>One try of one case.</summary>
/// <param name="one">The case.</param>
/// <param name="number">Which try, from 1.</param>
/// <param name="seed">Its seed.</param>
/// <param name="model">Who is asked.</param>
/// <param name="graders">The case's graders, in its order.</param>
internal sealed class CaseTry(SuiteCase one, int number, int seed, ModelClient model, IReadOnlyList<IAnswerGrader> graders)
{
    private const int LongestDetail = 400;
    private const int LongestAnswer = 2_000;

    /// <summary>Asks, grades, and tells what came of it.</summary>
    public async Task<CaseEvidence> RunAsync(CancellationToken cancellationToken) =>
        await model.AskAsync(ChatRequest.Of(model.Model, one, seed), cancellationToken) switch
        {
            CallResult.Answered { Reply: var reply } => Evidence(await GradeAsync(reply, cancellationToken), reply),
            CallResult.Failed { Why: var why } => Evidence(Grade.Failed(why), null),
            CallResult.NotMeasured { Why: var why } => Evidence(Grade.NotMeasured(why), null),
            var other => throw new InvalidOperationException($"Expected a way for a call to end, found {other}."),
        };

    // The first grader that does not pass the answer says why.
    private async Task<Grade> GradeAsync(ModelReply reply, CancellationToken cancellationToken)
    {
        if (reply.IsFiltered && !one.Graders.OfType<RefusalGrader>().Any(grader => grader.Expected))
        {
            return new(TryOutcome.Filtered, "a content filter took the place of the answer");
        }

        foreach (var grader in graders)
        {
            var grade = await grader.GradeAsync(new(one, seed, reply), cancellationToken);
            if (grade.Outcome != TryOutcome.Passed)
            {
                return grade;
            }
        }

        return Grade.Passed;
    }

    private CaseEvidence Evidence(Grade grade, ModelReply? reply) => new(
        one.Id,
        number,
        seed,
        grade.Outcome,
        Texts.Cut(grade.Why, LongestDetail),
        Texts.Cut(reply is null ? string.Empty : Answer(reply), LongestAnswer),
        reply?.Model is { } name ? Texts.Cut(name, LongestDetail) : null,
        reply?.Times);

    private static string Answer(ModelReply reply) =>
        string.Join('\n', new[] { reply.Text, reply.Refusal }.Concat(reply.ToolCalls.Select(call => $"{call.Name}({call.Arguments})")).Where(part => !string.IsNullOrEmpty(part)));
}
