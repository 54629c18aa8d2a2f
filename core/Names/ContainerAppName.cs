using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>The name of an Azure Container App, unique in its resource group.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<ContainerAppName>))]
public sealed partial record ContainerAppName : IIdentifier<ContainerAppName>
{
    private ContainerAppName(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "2 to 32 lower-case letters, digits and single hyphens, beginning with a letter";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static ContainerAppName? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z](?:[a-z0-9]|-(?=[a-z0-9])){1,31}\z")]
    private static partial Regex Pattern();
}
