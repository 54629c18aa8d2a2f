using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>An Azure region by its programmatic name, e.g. <c>chinanorth3</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<RegionName>))]
public sealed partial record RegionName : IIdentifier<RegionName>
{
    private RegionName(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "2 to 20 lower-case letters and digits, beginning with a letter";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static RegionName? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9]{1,19}\z")]
    private static partial Regex Pattern();
}
