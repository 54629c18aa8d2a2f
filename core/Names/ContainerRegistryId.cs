using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>The ARM id of a container registry.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<ContainerRegistryId>))]
public sealed partial record ContainerRegistryId : IIdentifier<ContainerRegistryId>
{
    private ContainerRegistryId(string value, Guid subscription, string name)
    {
        Value = value;
        Subscription = subscription;
        Name = name;
    }

    /// <inheritdoc />
    public static string Rule => "the ARM id of a container registry, '/subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerRegistry/registries/…'";

    /// <inheritdoc />
    public string Value { get; }

    /// <summary>The subscription that it is in.</summary>
    public Guid Subscription { get; }

    /// <summary>Its own name, with which its host begins.</summary>
    public string Name { get; }

    /// <inheritdoc />
    public static ContainerRegistryId? From(string text) => Pattern().Match(text) is { Success: true } found
        ? new(text, Guid.Parse(found.Groups["subscription"].Value), found.Groups["name"].Value)
        : null;

    /// <summary>Whether a host is this registry's: <c>NAME.azurecr.…</c>, or with the digits of its scope, <c>NAME-a1b2.azurecr.…</c>.</summary>
    public bool Answers(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.StartsWith($"{Name}.", StringComparison.OrdinalIgnoreCase) || host.StartsWith($"{Name}-", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A/subscriptions/(?<subscription>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/resourceGroups/[^/\s]+/providers/Microsoft\.ContainerRegistry/registries/(?<name>[a-z0-9]{5,50})\z", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
