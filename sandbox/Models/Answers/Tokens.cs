using System.Text;

namespace Orchestrator.Sandbox.Models.Answers;

/// <summary>Splits text about as tokenizers do: four letters, one Chinese character, or one sign to a token.</summary>
internal static class Tokens
{
    private const int Longest = 4;

    /// <summary>The tokens, which make up the whole text.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var tokens = new List<string>();
        var token = new StringBuilder();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // A space begins the word that follows it.
            var goesOn = token.Length > 0 && length < Longest && IsPlain(rune) && (length > 0 || token[^1] == ' ');
            if (token.Length > 0 && !goesOn)
            {
                tokens.Add(token.ToString());
                token.Clear();
                length = 0;
            }

            token.Append(rune.ToString());
            length += IsPlain(rune) ? 1 : 0;
        }

        if (token.Length > 0)
        {
            tokens.Add(token.ToString());
        }

        return tokens;
    }

    private static bool IsPlain(Rune rune) => rune.IsAscii && Rune.IsLetterOrDigit(rune);
}
