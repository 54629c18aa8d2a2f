namespace Orchestrator.Functions.Suites.Code;

/// <summary>What became of the code in an answer.</summary>
/// <param name="IsPassed">Whether every check passed.</param>
/// <param name="Detail">How many passed, or the first that did not and why: at most <see cref="CodeLimits.Detail"/> characters on one line.</param>
public sealed record CodeOutcome(bool IsPassed, string Detail)
{
    internal static CodeOutcome Failed(string why) => new(false, OneLine(why));

    private static string OneLine(string text)
    {
        var start = text.Length <= CodeLimits.Detail ? text : text[..(CodeLimits.Detail - 1)] + "…";
        return string.Concat(start.Select(one => char.IsControl(one) || char.IsSurrogate(one) || one is '\u2028' or '\u2029' ? ' ' : one));
    }
}
