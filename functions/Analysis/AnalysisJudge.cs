using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Analysis;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Verification;

namespace Orchestrator.Functions.Analysis;

/// <summary>
/// Turns measurements of both sides into a verdict. Pure: the same measurements under the same policy give the same checks.
/// </summary>
/// <remarks>
/// <para>
/// A metric fails when the candidate is surely worse than tolerated, and passes when it is surely not as bad as what has to be found;
/// in between there is not enough to tell.
/// </para>
/// <para>
/// Looking often must not make mistakes likelier. Over all looks at a region's rollout, and all metrics, a candidate that is no worse
/// than tolerated fails with a probability of at most <see cref="AnalysisPolicy.FalseRollbacks"/>: look k may spend 1/(k(k+1)) of it,
/// which adds up to one however many there are, and its tests share that equally (Bonferroni). Over all looks at one traffic step a
/// candidate whose metric is as bad as what has to be found passes by that metric with a probability of at most
/// <see cref="AnalysisPolicy.MissedRegressions"/>, spent in the same way. Shares keep both, whatever they are and however few.
/// Times keep both where the slower side's times are the faster one's multiplied: the model under which "a quarter slower" has a
/// meaning. Times from a histogram are known by their buckets only: a candidate fails only by what all times that the buckets allow
/// would show, and passes by times spread evenly within them, so a regression that stays within one bucket is not seen.
/// </para>
/// </remarks>
internal static class AnalysisJudge
{
    /// <summary>The checks that follow from a look.</summary>
    /// <param name="policy">What is tolerated, and what has to be found.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="looks">Which look it is.</param>
    /// <param name="scope">What it is judged by.</param>
    public static IReadOnlyList<Check> Judge(AnalysisPolicy policy, IReadOnlyList<SourceReading> measured, Looks looks, JudgementScope scope)
    {
        var tests = Math.Max(1, policy.Series.Where(series => !series.Metric.DryRun).Sum(series => TestsOf(series.Metric)));
        var fail = policy.FalseRollbacks / tests * Spent(looks.InRollout);
        var pass = policy.MissedRegressions * Spent(looks.InStep);
        return [.. measured.SelectMany(source =>
        {
            var series = policy.Series.Where(one => one.Source == source.Source).ToArray();
            return source.Failure is { } failure
                ? [NotMeasured(policy, source.Source, failure), .. series.Select(one => Judge(one.Metric, source, new(fail, pass), JudgementScope.LimitsOnly)).Where(check => check.Verdict == Verdict.Fail)]
                : series.Select(one => Judge(one.Metric, source, new(fail, pass), scope));
        })];
    }

    private static Check Judge(MetricPolicy policy, SourceReading reading, Risks risks, JudgementScope scope)
    {
        var found = reading.Measurements.FirstOrDefault(one => one.Metric == policy.Metric);
        var (candidate, baseline) = (found?.Candidate ?? Sample.None, found?.Baseline ?? Sample.None);
        var check = AboveLimit(policy, candidate, risks.Fail)
            ?? (scope == JudgementScope.LimitsOnly ? WithinLimit(policy, candidate)
            : candidate.Total == 0 || baseline.Total == 0 ? Missing(policy, candidate, baseline, reading.IsFresh)
            : policy.Metric.IsTime() ? Compare(policy, candidate, baseline, risks, TimeComparison.Of)
            : Compare(policy, candidate, baseline, risks, ShareComparison.Of));
        return check with { Name = $"{Word(policy.Metric)} ({Word(reading.Source)})", IsDryRun = policy.DryRun };
    }

    private static Check Compare(MetricPolicy policy, Sample candidate, Sample baseline, Risks risks, Func<MetricPolicy, Sample, Sample, Risks, Comparison> compare)
    {
        var comparison = compare(policy, candidate, baseline, risks);
        var enough = candidate.Total >= policy.Minimum && baseline.Total >= policy.Minimum;
        var verdict = !enough ? Verdict.Inconclusive
            : comparison.IsWorse ? Verdict.Fail
            : comparison.IsFit ? Verdict.Pass
            : Verdict.Inconclusive;
        var found = enough ? comparison.Found : $"{comparison.Found}; at least {policy.Minimum} of each are needed to tell";
        return new(string.Empty, verdict, comparison.Expected, found);
    }

    // One that is surely above its limit is no matter of comparison.
    private static Check? AboveLimit(MetricPolicy policy, Sample candidate, double risk) => policy switch
    {
        _ when candidate.Total == 0 => null,
        { MaxShare: { } share } when Shares.Of(candidate.Events, candidate.Total, risk).Lower > share =>
            new(string.Empty, Verdict.Fail, $"at most {Percent(share)}", $"{candidate.Events} of {candidate.Total}"),
        { MaxP95: { } p95 } when Shares.Of(Times.LongerThan(candidate, p95), candidate.Total, risk).Lower > 0.05 =>
            new(string.Empty, Verdict.Fail, $"p95 at most {DurationText.Format(p95)}", $"p95 {Seconds(Times.Quantile(candidate, 0.95))} of {candidate.Total}"),
        _ => null,
    };

    private static Check WithinLimit(MetricPolicy policy, Sample candidate) =>
        new(string.Empty, Verdict.Pass, "not surely above its limit", candidate.Total == 0 ? "nothing measured" : $"{candidate.Events} of {candidate.Total}");

    // Nothing is missing yet in a window that has just been opened; and what the baseline lacks is no fault of the candidate.
    private static Check Missing(MetricPolicy policy, Sample candidate, Sample baseline, bool isFresh)
    {
        var verdict = policy.IfMissing switch
        {
            _ when isFresh => Verdict.Inconclusive,
            MissingData.Pass => Verdict.Pass,
            MissingData.Fail when candidate.Total == 0 => Verdict.Fail,
            _ => Verdict.Inconclusive,
        };
        var found = (candidate.Total, baseline.Total) switch
        {
            (0, 0) => "nothing of either",
            (0, _) => "nothing of the candidate",
            _ => "nothing of the baseline",
        };
        return new(string.Empty, verdict, "measurements of candidate and baseline", found);
    }

    private static Check NotMeasured(AnalysisPolicy policy, MeasurementSource source, string failure) => new(
        Word(source),
        Verdict.Error,
        "measurements of candidate and baseline",
        failure,
        policy.Series.Where(series => series.Source == source).All(series => series.Metric.DryRun));

    private static int TestsOf(MetricPolicy policy) => policy.HasLimit ? 2 : 1;

    private static double Spent(int look) => 1.0 / ((double)look * (look + 1));

    internal static string Percent(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    internal static string Seconds(double seconds) => DurationText.Format(TimeSpan.FromMilliseconds(Math.Round(seconds * 1000)));

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>Which look it is: the more there were, the surer a verdict has to be.</summary>
/// <param name="InRollout">Its number in the region's rollout, from 1.</param>
/// <param name="InStep">Its number at the present traffic step, from 1.</param>
public sealed record Looks(int InRollout, int InStep);

/// <summary>What a look is judged by.</summary>
public enum JudgementScope
{
    /// <summary>By comparison with the baseline, and by limits.</summary>
    Everything,

    /// <summary>By limits alone: the baseline has no traffic, so there is nothing that the candidate could fairly be compared with.</summary>
    LimitsOnly,
}

/// <summary>How likely one test may be wrong.</summary>
/// <param name="Fail">That it fails what is no worse than tolerated.</param>
/// <param name="Pass">That it passes what is as bad as has to be found.</param>
internal readonly record struct Risks(double Fail, double Pass);
