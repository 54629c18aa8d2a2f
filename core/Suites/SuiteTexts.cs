using System.Text.RegularExpressions;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Suites;

/// <summary>The texts and durations of a suite's file, each with the sentence that says what is expected.</summary>
internal static partial class SuiteTexts
{
    public const string IdRule = "lower-case letters, digits and dashes, at most 64, not beginning with a dash";
    public const string CategoryRule = "a lower-case letter and then lower-case letters, digits and dashes, at most 32 in all";
    public const string VersionRule = "letters, digits, dots, dashes and underscores, at most 32";
    public const string ToolRule = "letters, digits, dashes and underscores, at most 64";
    public const string FunctionRule = "the name of a JavaScript function, at most 64 letters, digits, $ and _";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A text of a form, or null with the problem noted.</summary>
    public static string? Matching(this JsonObjectReader reader, string name, Regex pattern, string rule)
    {
        var text = reader.RequiredText(name);
        if (text is null || pattern.IsMatch(text))
        {
            return text;
        }

        reader.Report(name, $"expected {rule}; found '{(text.Length <= 80 ? text : $"{text[..80]}…")}'");
        return null;
    }

    /// <summary>A time limit above zero, or null with the problem noted.</summary>
    public static TimeSpan? Limit(this JsonObjectReader reader, string name, bool required = false) =>
        reader.Scalar<TimeSpan>(
            name,
            required,
            "a duration above zero and up to 1h, such as 250ms, 90s or 15m",
            found => found.ValueKind == System.Text.Json.JsonValueKind.String && DurationText.Parse(found.GetString()!) is { } limit && limit > TimeSpan.Zero && limit <= Longest
                ? limit
                : null);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    public static partial Regex Id();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z")]
    public static partial Regex Category();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,32}\z")]
    public static partial Regex Version();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    public static partial Regex Tool();

    [GeneratedRegex(@"\A[A-Za-z_$][A-Za-z0-9_$]{0,63}\z")]
    public static partial Regex Function();
}
