using System.Text.RegularExpressions;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>
/// A regular expression that ends whatever it is matched with: in time that grows with the text only, or, where it has what that
/// engine lacks (lookarounds, backreferences), within a second.
/// </summary>
internal sealed class BoundedPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex regex;

    public BoundedPattern(string pattern)
    {
        try
        {
            regex = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            regex = new(pattern, RegexOptions.CultureInvariant, Limit);
        }
    }

    /// <summary>Whether it is found in a text; null when that could not be told in time.</summary>
    public bool? IsIn(string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
