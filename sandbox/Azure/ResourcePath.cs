namespace Orchestrator.Sandbox.Azure;

/// <summary>A resource's path below its subscription, taken apart.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="Group">The resource group, or null.</param>
/// <param name="Namespace">The provider, or null.</param>
/// <param name="Types">Type, child type, ….</param>
/// <param name="Names">Name, child name, …; one fewer than types on a list or an action.</param>
/// <param name="Scope">The id of the resource that this one extends, e.g. with a role assignment; null for one that stands alone.</param>
internal sealed record ResourcePath(string Subscription, string? Group, string? Namespace, IReadOnlyList<string> Types, IReadOnlyList<string> Names, string? Scope = null)
{
    public string Type => $"{Namespace}/{string.Join('/', Types)}";

    /// <summary>What the path leads to, in a word.</summary>
    public string Kind => Namespace is null ? "resourceGroups" : Type;

    public bool IsCollection => Types.Count > Names.Count;

    /// <summary>The resource that a collection or an action belongs to.</summary>
    public ResourcePath Parent => this with { Types = [.. Types.Take(Types.Count - 1)], Names = [.. Names.Take(Types.Count - 1)] };

    public string Id => Scope is not null
        ? $"{Scope}/providers/{Tail}"
        : Group is null
        ? $"/subscriptions/{Subscription}/providers/{Tail}"
        : $"/subscriptions/{Subscription}/resourceGroups/{Group}{(Namespace is null ? string.Empty : $"/providers/{Tail}")}";

    private string Tail => $"{Namespace}/{string.Join('/', Types.Select((type, index) => index < Names.Count ? $"{type}/{Names[index]}" : type))}";

    public static ResourcePath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || !Is(parts[0], "subscriptions"))
        {
            return null;
        }

        var at = 2;
        string? group = null;
        if (parts.Length > at && Is(parts[at], "resourceGroups"))
        {
            group = parts.Length > at + 1 ? parts[at + 1] : null;
            at += 2;
        }

        if (parts.Length <= at)
        {
            return new(parts[1], group, null, [], []);
        }

        var last = Array.FindLastIndex(parts, part => Is(part, "providers"));
        if (!Is(parts[at], "providers") || parts.Length <= last + 1)
        {
            return null;
        }

        var rest = parts[(last + 2)..];
        var scope = last == at ? null : $"/{string.Join('/', parts[..last])}";
        return new(parts[1], group, parts[last + 1], [.. rest.Where((_, index) => index % 2 == 0)], [.. rest.Where((_, index) => index % 2 == 1)], scope);
    }

    private static bool Is(string part, string word) => part.Equals(word, StringComparison.OrdinalIgnoreCase);
}
