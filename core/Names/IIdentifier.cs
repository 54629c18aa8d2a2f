namespace Orchestrator.Core.Names;

/// <summary>A name that has passed its own rule. Two identifiers of different types never compare or convert.</summary>
/// <typeparam name="TSelf">The identifier itself.</typeparam>
public interface IIdentifier<TSelf>
    where TSelf : class, IIdentifier<TSelf>
{
    /// <summary>What a valid text looks like, as the end of a sentence: “expected …”.</summary>
    static abstract string Rule { get; }

    /// <summary>The text of the identifier.</summary>
    string Value { get; }

    /// <summary>The identifier that <paramref name="text"/> spells, or null when it breaks <see cref="Rule"/>.</summary>
    static abstract TSelf? From(string text);
}
