using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Models.Answers;

/// <summary>What every model of the sandbox makes of questions that are not in the answer book.</summary>
internal static partial class GenericSkills
{
    public static Said Answer(string prompt, string? manner = null) =>
        HarmfulWording.KindIn(prompt) is not null ? Said.Refusal(IsChinese(prompt))
        : prompt.Trim(' ', '.', '!', '?').Equals("ping", StringComparison.OrdinalIgnoreCase) ? new("pong")
        : Repeat().Match(prompt) is { Success: true } repeat ? new(repeat.Groups["words"].Value)
        : Result(Sum().Match(prompt)) is { } result ? new(result.ToString("0.######", CultureInfo.InvariantCulture))
        : new(manner ?? (IsChinese(prompt) ? "我是一个小模型，对此了解不多。" : "I am a small model, and know little about that."));

    public static bool IsChinese(string text) => text.Any(letter => letter is >= '\u4e00' and <= '\u9fff');

    private static decimal? Result(Match sum)
    {
        if (!sum.Success || !Number(sum.Groups["left"], out var left) || !Number(sum.Groups["right"], out var right))
        {
            return null;
        }

        return sum.Groups["sign"].Value switch
        {
            "+" => left + right,
            "-" or "−" => left - right,
            "*" or "×" or "x" => left * right,
            _ => right == 0 ? null : left / right,
        };
    }

    private static bool Number(Group digits, out decimal number) => decimal.TryParse(digits.ValueSpan, NumberStyles.Number, CultureInfo.InvariantCulture, out number);

    // Nine digits keep every result within what a decimal holds.
    [GeneratedRegex(@"(?<left>-?\d{1,9}(\.\d{1,6})?)\s*(?<sign>[-+−*×x/÷])\s*(?<right>-?\d{1,9}(\.\d{1,6})?)", RegexOptions.NonBacktracking)]
    private static partial Regex Sum();

    [GeneratedRegex(@"^\s*(please )?(say|reply|answer|respond)( with)?( exactly)?( the words?)?:? [""']?(?<words>[^""'.!]+)[""']?[.!]?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Repeat();
}
