using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>The cases that running models are asked.</summary>
internal static class ShortCases
{
    /// <summary>The short suite, with at most so many cases: the first of each category, then the second, and so on, so that none is left out before it has to be.</summary>
    public static Suite Of(Suite suite, int? most)
    {
        var all = suite.Short();
        if (most is null || all.Cases.Count <= most)
        {
            return all;
        }

        var byTurn = all.Cases.GroupBy(one => one.Category, StringComparer.Ordinal).SelectMany(category => category.Select((one, turn) => (one.Id, turn)));
        return all.Only([.. byTurn.OrderBy(one => one.turn).Take(most.Value).Select(one => one.Id)]);
    }

    /// <summary>What was scored in just these cases.</summary>
    public static SuiteScores Of(SuiteScores scores, Suite cases)
    {
        var ids = cases.Cases.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        return scores with { Cases = [.. scores.Cases.Where(one => ids.Contains(one.Id))] };
    }
}
