using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Suites.Gates;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>
/// How often the gate is right, by runs that are drawn. A case is easy (passes 97 % of its tries), uneven (60 %) or hard (10 %), as 70,
/// 20 and 10 of a hundred are; the candidate finds one in five as hard as another case drawn anew. A try repeats what its side's first
/// did in half of all cases. A candidate that is worse has lost cases altogether, as many as the loss takes.
/// </summary>
internal static class GateSimulation
{
    public const int Runs = 2000;
    private const double Mean = (0.7 * 0.97) + (0.2 * 0.6) + (0.1 * 0.1);
    private static readonly double[] Losses = [0, 0.1, 0.2, 0.3, 0.4];

    /// <summary>A Markdown table: a row for each size of a suite, a column for each loss, with the shares of pass, inconclusive and fail.</summary>
    public static string Table(GatePolicy policy)
    {
        var lines = new List<string>
        {
            "| cases × tries | as good | 10 points worse | 20 points worse | 30 points worse | 40 points worse |",
            "| --- | --- | --- | --- | --- | --- |",
        };
        foreach (var (cases, tries) in from cases in new[] { 24, 40, 100 } from tries in new[] { 1, 3 } select (cases, tries))
        {
            lines.Add(Row(policy, cases, tries));
        }

        return string.Join('\n', lines);
    }

    /// <summary>One row of the table.</summary>
    public static string Row(GatePolicy policy, int cases, int tries) =>
        $"| {cases} × {tries} | {string.Join(" | ", Losses.Select(loss => Cell(policy, cases, tries, loss)))} |";

    /// <summary>The share of runs with each verdict.</summary>
    public static Dictionary<Verdict, double> Shares(GatePolicy policy, int cases, int tries, double loss)
    {
        var random = new Random((cases * 1000) + (tries * 100) + (int)Math.Round(loss * 10));
        return Enumerable.Range(0, Runs).Select(_ => Draw(random, policy, cases, tries, loss)).CountBy(verdict => verdict)
            .ToDictionary(count => count.Key, count => (double)count.Value / Runs);
    }

    private static string Cell(GatePolicy policy, int cases, int tries, double loss)
    {
        var shares = Shares(policy, cases, tries, loss);
        return string.Join(" / ", new[] { Verdict.Pass, Verdict.Inconclusive, Verdict.Fail }.Select(verdict => (shares.GetValueOrDefault(verdict) * 100).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static Verdict Draw(Random random, GatePolicy policy, int cases, int tries, double loss)
    {
        var (candidate, baseline) = (new List<CaseScore>(), new List<CaseScore>());
        for (var index = 0; index < cases; index++)
        {
            var (id, category) = ($"case-{index:000}", $"category-{index % 6}");
            var chance = Chance(random);
            var other = random.NextDouble() < 0.2 ? Chance(random) : chance;
            var isLost = random.NextDouble() < loss / Mean;
            baseline.Add(new(id, category, Passed(random, chance, tries), tries, 0));
            candidate.Add(new(id, category, isLost ? 0 : Passed(random, other, tries), tries, 0));
        }

        return QualityGate.Judge(Scores(candidate), Scores(baseline), policy).Verdict;
    }

    private static double Chance(Random random) => random.NextDouble() switch { < 0.7 => 0.97, < 0.9 => 0.6, _ => 0.1 };

    private static int Passed(Random random, double chance, int tries)
    {
        var first = random.NextDouble() < chance;
        return Enumerable.Range(0, tries).Count(number => number == 0 || random.NextDouble() < 0.5 ? first : random.NextDouble() < chance);
    }

    private static SuiteScores Scores(IReadOnlyList<CaseScore> cases) => new("drawn", Sha256Digest.Of("drawn"u8), cases);
}
