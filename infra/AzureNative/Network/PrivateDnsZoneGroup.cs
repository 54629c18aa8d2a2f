using Pulumi;

namespace Orchestrator.Infra.AzureNative.Network;

/// <summary>Where an address inside is entered.</summary>
public sealed class PrivateDnsZoneGroup : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:network/v20240501:PrivateDnsZoneGroup";

    /// <summary>Asks for it.</summary>
    public PrivateDnsZoneGroup(string name, PrivateDnsZoneGroupArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What where an address inside is entered is made with.</summary>
public sealed class PrivateDnsZoneGroupArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The address.</summary>
    [Input("privateEndpointName", required: true)]
    public Input<string>? PrivateEndpointName { get; set; }

    /// <summary>Its name.</summary>
    [Input("privateDnsZoneGroupName")]
    public Input<string>? PrivateDnsZoneGroupName { get; set; }

    /// <summary>The zones.</summary>
    [Input("privateDnsZoneConfigs")]
    public InputList<PrivateDnsZoneConfigArgs>? PrivateDnsZoneConfigs { get; set; }
}

/// <summary>A zone.</summary>
public sealed class PrivateDnsZoneConfigArgs : ResourceArgs
{
    /// <summary>Its name here.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>Its id.</summary>
    [Input("privateDnsZoneId")]
    public Input<string>? PrivateDnsZoneId { get; set; }
}
