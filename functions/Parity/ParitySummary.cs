using System.Globalization;
using System.Text;
using Orchestrator.Core.Parity;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.Parity;

/// <summary>How a release's stacks compare, as a table for people, in Markdown. Two instances that know the same say the same.</summary>
public static class ParitySummary
{
    /// <summary>The table.</summary>
    public static string Of(ParityReport report, bool isPending)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### parity: {Word(report.Verdict)}{(isPending ? ", judged again when all scores are there" : string.Empty)}\n\n{ReleaseSummary.Cell(report.Reason)}");
        if (report.Lines.Count == 0)
        {
            return text.ToString();
        }

        var stacks = report.Lines[0].Stacks.Keys.OrderBy(stack => stack.Value, StringComparer.Ordinal).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"\n\n| | cases | {string.Join(" | ", stacks.AsEnumerable())} | apart | at most | outcome |\n|{string.Concat(Enumerable.Repeat(" --- |", stacks.Length + 5))}");
        foreach (var line in report.Lines)
        {
            var shown = stacks.Select(stack => line.Stacks.TryGetValue(stack, out var measure) ? Measure(measure) : string.Empty);
            text.Append(CultureInfo.InvariantCulture, $"\n| {line.Name} | {line.Cases} | {string.Join(" | ", shown)} | {line.Difference:0.###}{Interval(line.Interval)} | {line.Bound:0.###} | {Outcome(line)} |");
        }

        return text.ToString();
    }

    private static string Measure(ParityMeasure measure) => measure.Interval is null
        ? string.Create(CultureInfo.InvariantCulture, $"{measure.Value:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{measure.Value:0.###}{Interval(measure.Interval)}");

    private static string Interval(Interval? interval) => interval is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" ({interval.Low:0.##} to {interval.High:0.##})");

    private static string Outcome(ParityLine line) => line switch
    {
        { Bound: null } => "not bounded",
        { Exception: { } exception } => ReleaseSummary.Cell(string.Create(CultureInfo.InvariantCulture, $"accepted until {exception.Until:yyyy-MM-dd} by {exception.ApprovedBy}: {exception.Reason}")),
        _ => Word(line.Verdict),
    };

    private static string Word(Core.Verification.Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
