using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>A GitHub repository as <c>owner/name</c>. GitHub compares both without case, and so does this type.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<RepositoryName>))]
public sealed partial record RepositoryName : IIdentifier<RepositoryName>
{
    private RepositoryName(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "a repository as owner/name";

    /// <inheritdoc />
    public string Value { get; }

    /// <summary>The account that owns the repository.</summary>
    [JsonIgnore]
    public string Owner => Value[..Value.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The repository's name without its owner.</summary>
    [JsonIgnore]
    public string Name => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <inheritdoc />
    public static RepositoryName? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public bool Equals(RepositoryName? other) => string.Equals(Value, other?.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Pattern();
}
