namespace Orchestrator.Functions.Suites;

/// <summary>Texts of models, which may be of any length.</summary>
internal static class Texts
{
    /// <summary>The beginning of a text, at most so many characters and never half of one.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];
}
