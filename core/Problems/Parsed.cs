using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Core.Problems;

/// <summary>What reading a document gave: its value, or everything that is wrong with it.</summary>
/// <param name="Value">The value; null exactly when there are problems.</param>
/// <param name="Problems">All problems, in the order of the document; empty when there is a value.</param>
public sealed record Parsed<T>(T? Value, IReadOnlyList<Problem> Problems)
    where T : class
{
    /// <summary>Whether the document was good.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;
}
