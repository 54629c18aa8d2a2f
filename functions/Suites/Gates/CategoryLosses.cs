using MathNet.Numerics.Distributions;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Suites.Gates;

/// <summary>Finds categories that a candidate has lost, which an average over all of them can hide.</summary>
/// <remarks>
/// A case is lost where the baseline passed most of its tries and the candidate failed most of its own. If both were equally good at
/// it, that happens with a probability of at most p (1 - p), and so of at most a quarter, however alike the tries of a side are. The
/// number of lost cases is held against that; the risk is shared among the categories (Bonferroni).
/// </remarks>
internal static class CategoryLosses
{
    private const double MostByChance = 0.25;
    private const double Clear = 0.5;

    /// <summary>One check for each category that surely lost: it fails the gate where half of the pass rate is gone, and is only told else.</summary>
    public static IEnumerable<Check> Of(IReadOnlyList<PairedCase> pairs, GatePolicy policy)
    {
        var categories = pairs.GroupBy(pair => pair.Category, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        var risk = (1 - policy.Confidence) / Math.Max(1, categories.Length);
        foreach (var category in categories)
        {
            var cases = category.ToArray();
            var lost = cases.Where(pair => pair.IsLost).Select(pair => pair.Id).ToArray();
            var (candidate, baseline) = (cases.Average(pair => pair.Candidate.Share()), cases.Average(pair => pair.Baseline.Share()));
            if (baseline - candidate > policy.Margin && AtLeast(lost.Length, cases.Length) <= risk)
            {
                yield return new(
                    $"quality in {category.Key}",
                    Verdict.Fail,
                    $"about the baseline's {AnalysisJudge.Percent(baseline)} ({cases.Length} cases)",
                    $"{AnalysisJudge.Percent(candidate)}: lost {QualityGate.Named(lost)}",
                    IsDryRun: baseline - candidate < Clear);
            }
        }
    }

    private static double AtLeast(int lost, int cases) => lost == 0 ? 1 : 1 - Binomial.CDF(MostByChance, cases, lost - 1);
}
