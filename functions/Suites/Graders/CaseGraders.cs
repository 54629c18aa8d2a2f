using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites.Calls;
using Orchestrator.Functions.Suites.Code;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Makes a suite's graders ready, before anything is asked.</summary>
/// <param name="suite">The suite.</param>
/// <param name="run">Runs an answer's code; null where there is nothing to run it in.</param>
/// <param name="judges">The judges by name.</param>
internal sealed class CaseGraders(
    Suite suite,
    Func<string, string, IReadOnlyList<CodeCheck>, CancellationToken, CodeOutcome>? run,
    IReadOnlyDictionary<string, ModelClient> judges)
{
    /// <summary>A case's graders, in its order.</summary>
    /// <exception cref="InvalidOperationException">The suite needs what is not there.</exception>
    public async Task<IReadOnlyList<IAnswerGrader>> OfAsync(SuiteCase one, CancellationToken cancellationToken)
    {
        var graders = new List<IAnswerGrader>();
        foreach (var grader in one.Graders)
        {
            graders.Add(await OfAsync(grader, cancellationToken));
        }

        return graders;
    }

    private async Task<IAnswerGrader> OfAsync(Grader grader, CancellationToken cancellationToken) => grader switch
    {
        ExactGrader exact => new ExactAnswer(exact),
        PatternGrader pattern => new PatternAnswer(pattern),
        JsonSchemaGrader schema => new SchemaAnswer(await AnswerSchemaCheck.CreateAsync(schema.Schema, cancellationToken)),
        NumericGrader numeric => new NumericAnswer(numeric),
        ToolCallGrader call => new ToolCallAnswer(call, call.Arguments is null ? null : await AnswerSchemaCheck.CreateAsync(call.Arguments, cancellationToken)),
        RefusalGrader refusal => new RefusalAnswer(refusal),
        FirstTokenGrader first => new TimeAnswer("the first token", first.AtMost, times => times.FirstToken),
        LatencyGrader latency => new TimeAnswer("the whole answer", latency.AtMost, times => times.Latency),
        TokensPerSecondGrader rate => new RateAnswer(rate),
        CodeGrader code => new CodeAnswer(code, run ?? throw new InvalidOperationException($"Suite {suite.Name} has answers whose code is to be run, and there is nothing to run it in.")),
        JudgeGrader judge => new JudgedAnswer(suite, judge, judges[judge.Model]),
        _ => throw new InvalidOperationException($"Expected a kind of grader that is known, found {grader.GetType().Name}."),
    };
}
