using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>How a release's run ended in one stack, as a table for people, in Markdown.</summary>
public static class ReleaseSummary
{
    private const int LongestReason = 300;

    /// <summary>The table, with times to the second.</summary>
    public static string Of(ReleaseReport report, StackRun stack)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stack);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {stack.Stack}: {Word(stack.Phase)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Attempt {report.Key.Attempt}, from {Time(report.BegunAt)} to {Time(report.EndedAt)} UTC.\n\n");
        text.Append("| stack | environment | outcome | version | last change (UTC) | reason |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var environment in stack.Environments)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n| {stack.Stack} | {environment.Environment} | {Word(environment.Phase)} | {report.Version} | {Last(environment)} | {Cell(environment.Reason)} |");
        }

        if (stack.Environments.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n| {stack.Stack} | | {Word(stack.Phase)} | {report.Version} | | {Cell(stack.Reason)} |");
        }

        return text.ToString();
    }

    private static string Last(EnvironmentRun environment) => environment.Regions.Count == 0 ? string.Empty : Time(environment.Regions.Max(region => region.Since));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // What a reason quotes may hold anything, and GitHub shows it as Markdown.
    internal static string Cell(string? reason)
    {
        var line = (reason ?? string.Empty).ReplaceLineEndings(" ");
        line = line.Length <= LongestReason ? line : $"{line[..(LongestReason - 1)]}…";
        return line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
    }

    private static string Word(RunPhase phase) => JsonNamingPolicy.KebabCaseLower.ConvertName(phase.ToString()).Replace('-', ' ');
}
