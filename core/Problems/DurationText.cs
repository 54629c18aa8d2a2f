using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Problems;

/// <summary>Durations as people write them in delivery tools: <c>90s</c>, <c>1h30m</c>, <c>250ms</c>, <c>2d</c>.</summary>
public static partial class DurationText
{
    /// <summary>What a valid duration looks like, as the end of a sentence: “expected …”.</summary>
    public static string Rule => "a duration such as 250ms, 90s, 15m, 1h30m or 2d (at most 30d)";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>The duration, or null when the text is none or is longer than 30 days.</summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return null;
        }

        var milliseconds = Part(match, "d") * 86_400_000 + Part(match, "h") * 3_600_000 + Part(match, "m") * 60_000
            + Part(match, "s") * 1000 + Part(match, "ms");
        return milliseconds <= Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    /// <summary>The shortest text that <see cref="Parse"/> reads back as <paramref name="duration"/>, to the millisecond.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        Append(duration.Days, "d");
        Append(duration.Hours, "h");
        Append(duration.Minutes, "m");
        Append(duration.Seconds, "s");
        Append(duration.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : text.ToString();

        void Append(int value, string unit)
        {
            if (value != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{value}{unit}");
            }
        }
    }

    private static double Part(Match match, string unit) =>
        match.Groups[unit].Success ? double.Parse(match.Groups[unit].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?:(?<d>\d{1,9})d)?(?:(?<h>\d{1,9})h)?(?:(?<m>\d{1,9})m)?(?:(?<s>\d{1,9})s)?(?:(?<ms>\d{1,9})ms)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
