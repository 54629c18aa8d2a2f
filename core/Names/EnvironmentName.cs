using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>A stage inside a stack, e.g. <c>staging</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<EnvironmentName>))]
public sealed partial record EnvironmentName : IIdentifier<EnvironmentName>
{
    private EnvironmentName(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "1 to 16 lower-case letters, digits and single hyphens, beginning with a letter";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static EnvironmentName? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,15}\z")]
    private static partial Regex Pattern();
}
