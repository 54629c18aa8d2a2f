using Orchestrator.Core.Names;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>The parts of a release's text that are ours: one for each stack, as stacks may be driven by instances that know nothing of each other, and one for all.</summary>
public static class SummarySections
{
    /// <summary>The text with what is said of a stack: in the place of what was said before, else at the end.</summary>
    public static string Put(string body, StackName stack, string section) => Put(body, $"summary {stack}", section);

    /// <summary>The text with what is said of the stacks side by side.</summary>
    public static string PutParity(string body, string section) => Put(body, "parity", section);

    private static string Put(string body, string name, string section)
    {
        ArgumentNullException.ThrowIfNull(body);
        var (begin, end) = ($"<!-- orchestrator:{name} -->", $"<!-- /orchestrator:{name} -->");
        var marked = $"{begin}\n{section}\n{end}";
        var first = body.IndexOf(begin, StringComparison.Ordinal);
        var last = first < 0 ? -1 : body.IndexOf(end, first, StringComparison.Ordinal);
        if (last >= 0)
        {
            return $"{body[..first]}{marked}{body[(last + end.Length)..]}";
        }

        return body.Length == 0 ? marked : $"{body.TrimEnd()}\n\n{marked}";
    }
}
