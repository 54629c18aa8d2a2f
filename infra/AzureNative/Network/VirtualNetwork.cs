using Pulumi;

namespace Orchestrator.Infra.AzureNative.Network;

/// <summary>A virtual network.</summary>
public sealed class VirtualNetwork : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:network/v20240501:VirtualNetwork";

    /// <summary>Asks for it.</summary>
    public VirtualNetwork(string name, VirtualNetworkArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a virtual network is made with.</summary>
public sealed class VirtualNetworkArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("virtualNetworkName")]
    public Input<string>? VirtualNetworkName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>Its addresses.</summary>
    [Input("addressSpace")]
    public Input<AddressSpaceArgs>? AddressSpace { get; set; }

    /// <summary>Its subnets.</summary>
    [Input("subnets")]
    public InputList<SubnetArgs>? Subnets { get; set; }
}

/// <summary>Addresses.</summary>
public sealed class AddressSpaceArgs : ResourceArgs
{
    /// <summary>Each as a prefix.</summary>
    [Input("addressPrefixes")]
    public InputList<string>? AddressPrefixes { get; set; }
}

/// <summary>A subnet.</summary>
public sealed class SubnetArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>Its addresses.</summary>
    [Input("addressPrefix")]
    public Input<string>? AddressPrefix { get; set; }

    /// <summary>Which service has it.</summary>
    [Input("delegations")]
    public InputList<DelegationArgs>? Delegations { get; set; }
}

/// <summary>A subnet's service.</summary>
public sealed class DelegationArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>The service.</summary>
    [Input("serviceName")]
    public Input<string>? ServiceName { get; set; }
}
