using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites;
using Spectre.Console;

namespace Orchestrator.Local.Suites;

/// <summary>What a run of a suite says at its end.</summary>
internal static class SuiteReport
{
    // A log has no width to fit into.
    private const int WidthOfLogs = 160;

    // The file is read by people, in Chinese too.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Categories, the cases that did not pass with their reasons, and the whole in a line.</summary>
    public static void Print(Suite suite, SuiteRun run, TimeSpan elapsed)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfLogs;
        }

        var table = new Table().Border(TableBorder.Rounded).Title($"[bold]{suite.Name} {suite.Version}[/]");
        table.AddColumns("category", "cases", "passed", "tries", "passed", "not measured", "first token", "whole answer", "tokens/s");
        foreach (var category in run.Scores.Counting().GroupBy(score => score.Category))
        {
            table.AddRow(Row(category.Key, [.. category]));
        }

        AnsiConsole.Write(table);
        foreach (var score in run.Scores.Cases.Where(score => !IsPassed(score)))
        {
            AnsiConsole.WriteLine(Line(suite, run, score));
        }

        var counting = run.Scores.Counting().ToArray();
        var passed = counting.Count(IsPassed);
        var rate = run.Scores.Cases.Count / Math.Max(elapsed.TotalSeconds, 0.001);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} of {counting.Length} cases passed, {run.Flaky.Count} flaky, {run.Scores.Cases.Count - counting.Length} quarantined; {run.Evidence.Count} tries in {elapsed.TotalSeconds:N1} s, {rate:N1} cases/s"));
    }

    /// <summary>Whether a file can be written; false once it has been said why not. Nobody runs a suite for an hour to be told at its end.</summary>
    public static bool MayWrite(FileInfo? file)
    {
        try
        {
            file?.Open(FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Expected a file that can be written at '{file!.FullName}', found none: {failure.Message}");
            return false;
        }
    }

    /// <summary>Everything as JSON.</summary>
    public static async Task WriteAsync(FileInfo file, SuiteRun run, CancellationToken cancellation)
    {
        await using var stream = file.Create();
        await JsonSerializer.SerializeAsync(stream, run, Readable, cancellation);
    }

    private static bool IsPassed(CaseScore score) => score.Passed == score.Tries + score.Errors;

    private static string[] Row(string category, IReadOnlyList<CaseScore> scores) =>
    [
        category,
        Text(scores.Count),
        Text(scores.Count(IsPassed)),
        Text(scores.Sum(score => score.Tries + score.Errors)),
        Text(scores.Sum(score => score.Passed)),
        Text(scores.Sum(score => score.Errors)),
        Median(scores.Select(score => score.FirstTokenMs), "N0", " ms"),
        Median(scores.Select(score => score.LatencyMs), "N0", " ms"),
        Median(scores.Select(score => score.TokensPerSecond), "N1", string.Empty),
    ];

    // What the model wrote is not to move the cursor or colour the terminal.
    private static string Line(Suite suite, SuiteRun run, CaseScore score)
    {
        var quarantined = suite.Cases.Single(one => one.Id == score.Id).Quarantined;
        var reason = run.Evidence.First(one => one.Case == score.Id && one.Outcome != TryOutcome.Passed);
        var marks = $"{(quarantined is null ? string.Empty : $" (quarantined: {quarantined})")}{(reason.IsFlaky ? " (flaky)" : string.Empty)}";
        var text = $"{score.Id}{marks}: {score.Passed} of {score.Tries + score.Errors} passed; {(reason.Outcome == TryOutcome.Error ? "not measured: " : string.Empty)}{reason.Detail}";
        return string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
    }

    private static string Median(IEnumerable<double?> values, string format, string unit)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? "-" : sorted[sorted.Length / 2].ToString(format, CultureInfo.InvariantCulture) + unit;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
