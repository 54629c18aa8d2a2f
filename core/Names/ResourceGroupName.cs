using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>The name of an Azure resource group.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<ResourceGroupName>))]
public sealed partial record ResourceGroupName : IIdentifier<ResourceGroupName>
{
    private ResourceGroupName(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "1 to 90 letters, digits and . _ - ( ), not ending with a full stop";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static ResourceGroupName? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9._()-]{0,89}[A-Za-z0-9_()-]\z")]
    private static partial Regex Pattern();
}
