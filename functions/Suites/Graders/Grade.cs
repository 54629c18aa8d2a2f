namespace Orchestrator.Functions.Suites.Graders;

/// <summary>What one grader says of one answer.</summary>
/// <param name="Outcome">Passed, failed, or error when the grader could not tell.</param>
/// <param name="Why">Why, in a sentence; empty when it passed.</param>
internal sealed record Grade(TryOutcome Outcome, string Why)
{
    private const int LongestQuote = 80;

    public static Grade Passed { get; } = new(TryOutcome.Passed, string.Empty);

    public static Grade Failed(string why) => new(TryOutcome.Failed, why);

    public static Grade NotMeasured(string why) => new(TryOutcome.Error, why);

    public static Grade Of(bool isPassed, string why) => isPassed ? Passed : Failed(why);

    /// <summary>A text of the model's, short enough for a sentence.</summary>
    public static string Quote(string text) => $"'{Texts.Cut(text.Trim().ReplaceLineEndings(" "), LongestQuote)}'";
}
