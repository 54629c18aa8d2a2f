using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>The git tag that a release is published under, e.g. <c>v1.1.0</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<ReleaseTag>))]
public sealed partial record ReleaseTag : IIdentifier<ReleaseTag>
{
    private ReleaseTag(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "1 to 128 letters, digits and . _ - + / without '..'";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static ReleaseTag? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._+/-]{0,127}\z")]
    private static partial Regex Pattern();
}
