using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;

namespace Orchestrator.Core.Parity;

/// <summary>One case as all stacks have tried it.</summary>
internal sealed record ParitySample(string Category, IReadOnlyDictionary<StackName, CaseScore> Scores)
{
    public CaseScore Of(StackName stack) => Scores[stack];

    /// <summary>The cases that count in every stack and that every stack has tried: what one stack alone has tried says nothing of the other.</summary>
    public static IReadOnlyList<ParitySample> Shared(IReadOnlyList<StackResult> results)
    {
        var counting = results.ToDictionary(result => result.Stack, result => result.Scores.Counting().Where(score => score.Tries > 0).DistinctBy(score => score.Id).ToDictionary(score => score.Id));
        return
        [
            .. counting[results[0].Stack].Values
                .Where(score => counting.Values.All(scores => scores.ContainsKey(score.Id)))
                .Select(score => new ParitySample(score.Category, counting.ToDictionary(one => one.Key, one => one.Value[score.Id]))),
        ];
    }
}
