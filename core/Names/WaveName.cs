using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>Regions of an environment that are rolled out together, e.g. <c>canary</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<WaveName>))]
public sealed partial record WaveName : IIdentifier<WaveName>
{
    private WaveName(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "1 to 20 lower-case letters, digits and single hyphens, beginning with a letter";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static WaveName? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,19}\z")]
    private static partial Regex Pattern();
}
