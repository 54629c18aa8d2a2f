using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites;

/// <summary>What a run of a suite has shown.</summary>
/// <param name="Scores">The numbers, which may be shown to others.</param>
/// <param name="Evidence">Each try, in the suite's order. It has text of the model's and never leaves the stack.</param>
public sealed record SuiteRun(SuiteScores Scores, IReadOnlyList<CaseEvidence> Evidence)
{
    /// <summary>The cases whose tries disagree, in the suite's order.</summary>
    public IReadOnlyList<string> Flaky => [.. Evidence.Where(one => one.IsFlaky).Select(one => one.Case).Distinct()];

    /// <summary>The run of a suite from its tries.</summary>
    internal static SuiteRun Of(Suite suite, IReadOnlyList<CaseEvidence> tries)
    {
        var byCase = tries.ToLookup(one => one.Case);
        var scores = suite.Cases.Select(one => Score(one, [.. byCase[one.Id]])).ToArray();
        var flaky = scores.Where(score => score.Passed > 0 && score.Passed < score.Tries).Select(score => score.Id).ToHashSet();
        return new(new(suite.Name, suite.Digest, scores), [.. tries.Select(one => flaky.Contains(one.Case) ? one with { IsFlaky = true } : one)]);
    }

    private static CaseScore Score(SuiteCase one, IReadOnlyList<CaseEvidence> tries)
    {
        var times = tries.Select(each => each.Times).OfType<ReplyTimes>().ToArray();
        var errors = tries.Count(each => each.Outcome == TryOutcome.Error);
        return new(
            one.Id,
            one.Category,
            tries.Count(each => each.Outcome == TryOutcome.Passed),
            tries.Count - errors,
            errors,
            one.Quarantined is not null,
            Median(times.Select(each => each.FirstToken?.TotalMilliseconds)),
            Median(times.Select(each => (double?)each.Latency.TotalMilliseconds)),
            Median(times.Select(each => each.TokensPerSecond)));
    }

    private static double? Median(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? null : Math.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, 3);
    }
}
