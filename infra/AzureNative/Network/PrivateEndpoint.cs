using Pulumi;

namespace Orchestrator.Infra.AzureNative.Network;

/// <summary>A resource's address inside a virtual network.</summary>
public sealed class PrivateEndpoint : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:network/v20240501:PrivateEndpoint";

    /// <summary>Asks for it.</summary>
    public PrivateEndpoint(string name, PrivateEndpointArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a resource's address inside a virtual network is made with.</summary>
public sealed class PrivateEndpointArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("privateEndpointName")]
    public Input<string>? PrivateEndpointName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>Where.</summary>
    [Input("subnet")]
    public Input<SubResourceArgs>? Subnet { get; set; }

    /// <summary>Of what.</summary>
    [Input("privateLinkServiceConnections")]
    public InputList<PrivateLinkServiceConnectionArgs>? PrivateLinkServiceConnections { get; set; }
}

/// <summary>What has an address inside.</summary>
public sealed class PrivateLinkServiceConnectionArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>The resource.</summary>
    [Input("privateLinkServiceId")]
    public Input<string>? PrivateLinkServiceId { get; set; }

    /// <summary>Which of its services.</summary>
    [Input("groupIds")]
    public InputList<string>? GroupIds { get; set; }
}
