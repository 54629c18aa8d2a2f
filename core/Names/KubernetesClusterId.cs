using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>The ARM id of a Kubernetes cluster: one of Azure's, or one elsewhere that is connected by Azure Arc.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<KubernetesClusterId>))]
public sealed partial record KubernetesClusterId : IIdentifier<KubernetesClusterId>
{
    private KubernetesClusterId(string value, Guid subscription)
    {
        Value = value;
        Subscription = subscription;
    }

    /// <inheritdoc />
    public static string Rule => "the ARM id of a cluster, '/subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerService/managedClusters/…' or '…/Microsoft.Kubernetes/connectedClusters/…'";

    /// <inheritdoc />
    public string Value { get; }

    /// <summary>The subscription that it is in.</summary>
    public Guid Subscription { get; }

    /// <inheritdoc />
    public static KubernetesClusterId? From(string text) => Pattern().Match(text) is { Success: true } found ? new(text, Guid.Parse(found.Groups["subscription"].Value)) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A/subscriptions/(?<subscription>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/resourceGroups/[^/\s]+/providers/Microsoft\.(ContainerService/managedClusters|Kubernetes/connectedClusters)/[^/\s]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
