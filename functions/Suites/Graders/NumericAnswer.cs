using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether the last number of an answer is the one that is wanted.</summary>
internal sealed partial class NumericAnswer(NumericGrader grader) : IAnswerGrader
{
    // What is written in decimal is not quite that in binary.
    private readonly double tolerance = grader.Tolerance + 1e-12 * Math.Abs(grader.Value);

    public ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"{grader.Value}{(grader.Tolerance > 0 ? $" ± {grader.Tolerance}" : string.Empty)}");
        if (Last(graded.Reply.Text) is not { } last)
        {
            return new(Grade.Failed($"expected {expected}, found no number in {Grade.Quote(graded.Reply.Text)}"));
        }

        var isSame = double.TryParse(last.Replace(",", string.Empty, StringComparison.Ordinal).Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && Math.Abs(value - grader.Value) <= tolerance;
        return new(Grade.Of(isSame, $"expected {expected}, found {Grade.Quote(last)} as the last number"));
    }

    private static string? Last(string text)
    {
        var last = Range.All;
        var isFound = false;
        foreach (var match in Number().EnumerateMatches(text))
        {
            (last, isFound) = (match.Index..(match.Index + match.Length), true);
        }

        return isFound ? text[last] : null;
    }

    [GeneratedRegex(@"(?:(?<![\w.)])[-+−])?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")]
    private static partial Regex Number();
}
