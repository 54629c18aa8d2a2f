using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>A semantic version, for telling which of two releases is older. Source: semver.org 2.0.0, sections 9 to 11.</summary>
public sealed partial class SemanticVersion
{
    private readonly int[] core;
    private readonly string[] preRelease;

    private SemanticVersion(int[] core, string[] preRelease)
    {
        this.core = core;
        this.preRelease = preRelease;
    }

    /// <summary>The version in <paramref name="text"/>, or null when it is none.</summary>
    public static SemanticVersion? From(string text)
    {
        var match = Pattern().Match(text);
        return match.Success
            ? new(
                [Number(match, "major"), Number(match, "minor"), Number(match, "patch")],
                match.Groups["pre"].Success ? match.Groups["pre"].Value.Split('.') : [])
            : null;
    }

    /// <summary>Whether <paramref name="one"/> comes before <paramref name="other"/>; no when one of them is no semantic version.</summary>
    public static bool IsOlder(string one, string other) => From(one) is { } left && From(other) is { } right && Compare(left, right) < 0;

    private static int Compare(SemanticVersion one, SemanticVersion other)
    {
        var difference = one.core.AsSpan().SequenceCompareTo(other.core);
        return difference != 0 ? difference
            : one.preRelease.Length == 0 || other.preRelease.Length == 0 ? other.preRelease.Length.CompareTo(one.preRelease.Length)
            : Compare(one.preRelease, other.preRelease);
    }

    private static int Number(Match match, string part) => int.Parse(match.Groups[part].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Compare(string[] one, string[] other) =>
        one.Zip(other, Compare).FirstOrDefault(difference => difference != 0) is var first and not 0 ? first : one.Length.CompareTo(other.Length);

    // Numbers by value and before words; words by their bytes. A number may be longer than any integer.
    private static int Compare(string one, string other) => (IsNumber(one), IsNumber(other)) switch
    {
        (true, true) => one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(one, other),
    };

    private static bool IsNumber(string part) => part.All(char.IsAsciiDigit);

    [GeneratedRegex(@"\A(?<major>0|[1-9]\d{0,8})\.(?<minor>0|[1-9]\d{0,8})\.(?<patch>0|[1-9]\d{0,8})(?:-(?<pre>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?\z", RegexOptions.ECMAScript)]
    private static partial Regex Pattern();
}
