using Pulumi;

namespace Orchestrator.Infra.AzureNative.MachineLearning;

/// <summary>The network of the machines that Azure manages for a workspace.</summary>
public sealed class ManagedNetworkSettingsArgs : ResourceArgs
{
    /// <summary>AllowOnlyApprovedOutbound or AllowInternetOutbound.</summary>
    [Input("isolationMode")]
    public Input<string>? IsolationMode { get; set; }

    /// <summary>What the machines reach besides the workspace's own storage and vault, by a name for it.</summary>
    [Input("outboundRules")]
    public InputMap<PrivateEndpointOutboundRuleArgs>? OutboundRules { get; set; }
}

/// <summary>A resource that machines reach by an address inside their network.</summary>
public sealed class PrivateEndpointOutboundRuleArgs : ResourceArgs
{
    /// <summary>PrivateEndpoint.</summary>
    [Input("type", required: true)]
    public Input<string>? Type { get; set; }

    /// <summary>UserDefined.</summary>
    [Input("category")]
    public Input<string>? Category { get; set; }

    /// <summary>The resource.</summary>
    [Input("destination")]
    public Input<PrivateEndpointDestinationArgs>? Destination { get; set; }
}

/// <summary>A resource that has an address inside a network.</summary>
public sealed class PrivateEndpointDestinationArgs : ResourceArgs
{
    /// <summary>Its id.</summary>
    [Input("serviceResourceId")]
    public Input<string>? ServiceResourceId { get; set; }

    /// <summary>Which of its services, e.g. registry.</summary>
    [Input("subresourceTarget")]
    public Input<string>? SubresourceTarget { get; set; }
}
