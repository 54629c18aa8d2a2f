using System.Globalization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Parity;

/// <summary>
/// Says whether the stacks of a release are as close to each other as it demands. Pure. A breach is a measured difference beyond its
/// bound, whatever its interval: a category has so few cases that the interval hardly ever lies beyond a bound as a whole, and a rule
/// that waits for that would let nearly everything pass. The interval is there for who has to decide about an exception.
/// </summary>
public static class ParityJudge
{
    // What adding and dividing leaves of a difference that is exactly at its bound.
    private const double Rounding = 1e-9;

    /// <summary>The report.</summary>
    /// <param name="demand">What must hold.</param>
    /// <param name="results">What the stacks have to show.</param>
    /// <param name="missing">The stacks that have nothing to show, each with the reason.</param>
    /// <param name="date">The day, in UTC.</param>
    public static ParityReport Judge(
        ParityDemand demand,
        IReadOnlyDictionary<StackName, StackResult> results,
        IReadOnlyDictionary<StackName, string> missing,
        DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(demand);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(missing);
        var ordered = results.Values.OrderBy(result => result.Stack.Value, StringComparer.Ordinal).ToArray();
        var gaps = Gaps(ordered, missing).ToArray();
        var isComparable = ordered.Length > 1 && ordered.DistinctBy(result => result.Scores.Digest).Count() == 1;
        var lines = isComparable ? Lines(demand, ordered, date) : [];
        var verdict = lines.Select(line => line.Verdict).Append(gaps.Length > 0 ? Verdict.Inconclusive : Verdict.Pass).Worst();
        return new(verdict, Reason(verdict, gaps, lines), date, Stacks(ordered, missing), lines, Cases(ordered));
    }

    private static IEnumerable<string> Gaps(StackResult[] results, IReadOnlyDictionary<StackName, string> missing)
    {
        foreach (var (stack, why) in missing.OrderBy(one => one.Key.Value, StringComparer.Ordinal))
        {
            yield return $"{stack} {why}";
        }

        if (results.Length + missing.Count < 2)
        {
            yield return "expected two stacks to compare, found one";
        }

        if (results.DistinctBy(result => result.Scores.Digest).Count() > 1)
        {
            yield return $"expected the same suite in all stacks, found {string.Join(", ", results.Select(result => $"{result.Scores.Suite} {result.Scores.Digest.Value[..12]} in {result.Stack}"))}";
        }
    }

    private static ParityLine[] Lines(ParityDemand demand, StackResult[] results, DateOnly date)
    {
        var shared = ParitySample.Shared(results);
        var bounds = new ParityBounds(demand, date);
        var categories = shared.Select(sample => sample.Category).Concat(demand.Categories.Keys.Order(StringComparer.Ordinal)).Distinct();
        return
        [
            Rates(ParityDemand.Overall, demand.MaxDifference, shared, results, bounds),
            .. categories.Select(category => Rates(
                category,
                demand.Categories.TryGetValue(category, out var bound) ? bound : null,
                [.. shared.Where(sample => sample.Category == category)],
                results,
                bounds)),
            Latencies(shared, results, bounds),
        ];
    }

    private static ParityLine Rates(string name, double? bound, IReadOnlyList<ParitySample> samples, StackResult[] results, ParityBounds bounds)
    {
        var measures = results.ToDictionary(result => result.Stack, result => ParityMeasure.Rate(samples.Sum(sample => sample.Of(result.Stack).Passed), samples.Sum(sample => sample.Of(result.Stack).Tries)));
        if (samples.Count == 0)
        {
            return bounds.Judge(new(name, 0, measures, null, null, bound, default, string.Empty), "none");
        }

        var (best, worst) = Furthest(measures);
        var difference = best.Value.Value - worst.Value.Value;
        return bounds.Judge(
            new(name, samples.Count, measures, difference, Interval.OfDifference(best.Value, worst.Value), bound, default, string.Empty),
            string.Create(CultureInfo.InvariantCulture, $"{difference:0.###} ({best.Key} {best.Value.Value:0.###}, {worst.Key} {worst.Value.Value:0.###})"),
            difference > bound + Rounding);
    }

    private static ParityLine Latencies(IReadOnlyList<ParitySample> shared, StackResult[] results, ParityBounds bounds)
    {
        var samples = shared.Where(sample => results.All(result => sample.Of(result.Stack).LatencyMs > 0)).ToArray();
        var measures = results.Where(_ => samples.Length > 0).ToDictionary(result => result.Stack, result => ParityMeasure.Milliseconds(Median(samples.Select(sample => sample.Of(result.Stack).LatencyMs!.Value))));
        if (samples.Length == 0)
        {
            return bounds.Judge(new(ParityDemand.Latency, 0, measures, null, null, bounds.Demand.LatencyBand, default, string.Empty), "none");
        }

        var (slowest, quickest) = Furthest(measures);
        var ratio = slowest.Value.Value / quickest.Value.Value;
        return bounds.Judge(
            new(ParityDemand.Latency, samples.Length, measures, ratio, null, bounds.Demand.LatencyBand, default, string.Empty),
            string.Create(CultureInfo.InvariantCulture, $"{ratio:0.##} times ({slowest.Key} {slowest.Value.Value:0} ms, {quickest.Key} {quickest.Value.Value:0} ms)"),
            ratio > bounds.Demand.LatencyBand + Rounding);
    }

    // Of any number of stacks the two that differ most.
    private static (KeyValuePair<StackName, ParityMeasure> Highest, KeyValuePair<StackName, ParityMeasure> Lowest) Furthest(Dictionary<StackName, ParityMeasure> measures) =>
        (measures.MaxBy(one => one.Value.Value), measures.MinBy(one => one.Value.Value));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Reason(Verdict verdict, string[] gaps, ParityLine[] lines)
    {
        var said = lines.Where(line => line.Verdict == verdict && (verdict != Verdict.Pass || line.Exception is not null)).Select(line => line.Reason);
        var all = string.Join("; ", verdict == Verdict.Inconclusive ? gaps.Concat(said) : said);
        return all.Length > 0 ? all : $"every bound is kept, on {lines[0].Cases} cases";
    }

    private static StackShowing[] Stacks(StackResult[] results, IReadOnlyDictionary<StackName, string> missing) =>
    [
        .. results.Select(result => new StackShowing(result.Stack, result.Model, result.At, result.Scores.Suite, result.Scores.Digest, null))
            .Concat(missing.Select(one => new StackShowing(one.Key, null, null, null, null, one.Value)))
            .OrderBy(stack => stack.Stack.Value, StringComparer.Ordinal),
    ];

    private static ParityCase[] Cases(StackResult[] results) =>
    [
        .. results.SelectMany(result => result.Scores.Cases.Select(score => (result.Stack, Score: score)))
            .GroupBy(one => one.Score.Id)
            .Select(group => new ParityCase(
                group.Key,
                group.First().Score.Category,
                group.Any(one => one.Score.IsQuarantined),
                group.DistinctBy(one => one.Stack).ToDictionary(one => one.Stack, one => new CaseTally(one.Score.Passed, one.Score.Tries)))),
    ];
}
