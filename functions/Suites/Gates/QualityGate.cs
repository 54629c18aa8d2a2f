using System.Globalization;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Suites.Gates;

/// <summary>
/// Turns the scores of candidate and baseline into a verdict. Pure: the same scores under the same policy give the same checks.
/// </summary>
/// <remarks>
/// Cases are compared with themselves, and the tries of a case count as one value, its share: they are no more independent than they
/// are alike. Passes what is surely not worse by more than the margin. Fails what is surely worse, and by the measurement more than the
/// margin: a candidate that is as good as its baseline fails with a probability of at most 1 - confidence, and one that is worse by
/// the margin or more passes with no more than that. In between there is not enough to tell.
/// </remarks>
public static class QualityGate
{
    private const string Name = "quality";
    private const int Told = 5;

    /// <summary>The checks that follow from a run of the suite on either side.</summary>
    /// <param name="candidate">What the candidate scored.</param>
    /// <param name="baseline">What serves now scored, on the same file.</param>
    /// <param name="policy">What is tolerated.</param>
    public static VerificationResult Judge(SuiteScores candidate, SuiteScores baseline, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(policy);
        if (candidate.Digest != baseline.Digest)
        {
            return VerificationResult.Of([new(Name, Verdict.Error, $"scores of one suite, {baseline.Suite} {baseline.Digest}", $"the candidate's of {candidate.Suite} {candidate.Digest}")]);
        }

        var cases = PairedCases.Of(candidate, baseline);
        return NotMeasured(candidate, "candidate") ?? NotMeasured(baseline, "baseline") ?? (cases.Pairs.Count == 0
            ? VerificationResult.Of([new(Name, Verdict.Error, "cases that both sides were measured in", $"none{Missing(cases)}")])
            : VerificationResult.Of([Overall(cases, policy), .. Score(cases, policy), .. Enough(cases, policy) ? CategoryLosses.Of(cases.Pairs, policy) : []]));
    }

    internal static string Named(IReadOnlyCollection<string> ids) =>
        string.Join(", ", ids.Take(Told)) + (ids.Count > Told ? $" and {ids.Count - Told} more" : string.Empty);

    private static VerificationResult? NotMeasured(SuiteScores scores, string side)
    {
        var (tries, errors) = (scores.Counting().Sum(one => one.Tries), scores.Counting().Sum(one => one.Errors));
        return errors > tries
            ? VerificationResult.Of([new(Name, Verdict.Error, $"at least half of the {side}'s {tries + errors} tries measured", $"{errors} errors")])
            : null;
    }

    private static Check Overall(PairedCases cases, GatePolicy policy)
    {
        var pairs = cases.Pairs;
        var difference = pairs.Average(pair => pair.Difference);
        var bounds = MeanBounds.Of([.. pairs.Select(pair => pair.Difference)], -1, 1, 1 - policy.Confidence);
        var verdict = !Enough(cases, policy) ? Verdict.Inconclusive
            : bounds.Lower >= -policy.Margin ? Verdict.Pass
            : bounds.Upper < 0 && difference < -policy.Margin ? Verdict.Fail
            : Verdict.Inconclusive;
        var worse = pairs.Where(pair => pair.Difference < 0).OrderBy(pair => pair.Difference).ThenBy(pair => pair.Id, StringComparer.Ordinal).Select(pair => pair.Id).ToArray();
        return new(
            Name,
            verdict,
            $"at most {Points(policy.Margin)} points below the baseline's {AnalysisJudge.Percent(pairs.Average(pair => pair.Baseline.Share()))} ({Size(pairs)})",
            $"{AnalysisJudge.Percent(pairs.Average(pair => pair.Candidate.Share()))}, a difference of {Points(bounds.Lower)} to {Points(bounds.Upper)} points"
                + (worse.Length > 0 ? $": worse in {Named(worse)}" : string.Empty)
                + (Enough(cases, policy) ? string.Empty : $"; at least {policy.MinCases} cases are needed to tell")
                + Missing(cases));
    }

    // Below by chance alone is not enough to tell either.
    private static IEnumerable<Check> Score(PairedCases cases, GatePolicy policy)
    {
        if (policy.MinScore is { } least)
        {
            var shares = cases.Pairs.Select(pair => pair.Candidate.Share()).ToArray();
            var verdict = !Enough(cases, policy) ? Verdict.Inconclusive
                : MeanBounds.Of(shares, 0, 1, 1 - policy.Confidence).Upper < least ? Verdict.Fail
                : shares.Average() < least ? Verdict.Inconclusive
                : Verdict.Pass;
            yield return new("score", verdict, $"at least {AnalysisJudge.Percent(least)}", AnalysisJudge.Percent(shares.Average()));
        }
    }

    private static bool Enough(PairedCases cases, GatePolicy policy) => cases.Pairs.Count >= policy.MinCases;

    private static string Size(IReadOnlyList<PairedCase> pairs)
    {
        var tries = pairs.SelectMany(pair => new[] { pair.Candidate.Tries, pair.Baseline.Tries }).Distinct().Order().ToArray();
        return $"{pairs.Count} cases × {(tries.Length == 1 ? $"{tries[0]}" : $"{tries[0]} to {tries[^1]}")}";
    }

    private static string Missing(PairedCases cases) =>
        cases.LeftOut.Count > 0 ? $"; not measured on both sides: {Named(cases.LeftOut)}" : string.Empty;

    private static string Points(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture);
}
