namespace Orchestrator.Local.Demo;

/// <summary>The models that a release of the demo brings, as they are given on the command line.</summary>
internal static class DemoModelChoice
{
    /// <summary>The kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<DemoModelKind>().Select(name => name.ToLowerInvariant())];

    /// <summary>What each stack gets; later ones count where a stack is named twice.</summary>
    public static IReadOnlyDictionary<string, DemoModelKind> Parse(IEnumerable<string> texts, List<string> problems)
    {
        var chosen = new Dictionary<string, DemoModelKind>();
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var (stack, word) = equals < 0 ? (null, text) : (text[..equals], text[(equals + 1)..]);
            if (!Names.Contains(word) || !Enum.TryParse<DemoModelKind>(word, ignoreCase: true, out var kind))
            {
                problems.Add($"--models: expected one of {string.Join(", ", Names)}, alone or behind STACK=, found '{text}'");
            }
            else if (stack is not null && !DemoStacks.Names.Contains(stack))
            {
                problems.Add($"--models: expected one of the stacks {string.Join(", ", DemoStacks.Names)}, found '{stack}'");
            }
            else
            {
                foreach (var name in stack is null ? DemoStacks.Names : [stack])
                {
                    chosen[name] = kind;
                }
            }
        }

        return chosen;
    }
}
