namespace Orchestrator.Core.Names;

/// <summary>Reading identifiers from text that must be right.</summary>
public static class Identifier
{
    /// <summary>The identifier that <paramref name="text"/> spells.</summary>
    /// <exception cref="FormatException">The text breaks the rule of <typeparamref name="T"/>.</exception>
    public static T Parse<T>(string text)
        where T : class, IIdentifier<T> =>
        T.From(text) ?? throw new FormatException($"{typeof(T).Name}: expected {T.Rule}, found '{text}'.");
}
