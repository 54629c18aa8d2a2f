using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>A full git commit id.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<CommitSha>))]
public sealed partial record CommitSha : IIdentifier<CommitSha>
{
    private CommitSha(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "40 lower-case hexadecimal digits";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static CommitSha? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Pattern();
}
