using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>One of the separate worlds that a release reaches, e.g. <c>us-closed</c>. The set of stacks is data.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<StackName>))]
public sealed partial record StackName : IIdentifier<StackName>
{
    private StackName(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "1 to 20 lower-case letters, digits and single hyphens, beginning with a letter";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static StackName? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,19}\z")]
    private static partial Regex Pattern();
}
