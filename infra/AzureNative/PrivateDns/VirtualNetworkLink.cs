using Pulumi;

namespace Orchestrator.Infra.AzureNative.PrivateDns;

/// <summary>Who sees a zone.</summary>
public sealed class VirtualNetworkLink : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:privatedns/v20240601:VirtualNetworkLink";

    /// <summary>Asks for it.</summary>
    public VirtualNetworkLink(string name, VirtualNetworkLinkArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What who sees a zone is made with.</summary>
public sealed class VirtualNetworkLinkArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The zone.</summary>
    [Input("privateZoneName", required: true)]
    public Input<string>? PrivateZoneName { get; set; }

    /// <summary>Its name.</summary>
    [Input("virtualNetworkLinkName")]
    public Input<string>? VirtualNetworkLinkName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>The virtual network.</summary>
    [Input("virtualNetwork")]
    public Input<SubResourceArgs>? VirtualNetwork { get; set; }

    /// <summary>Whether machines enter themselves.</summary>
    [Input("registrationEnabled")]
    public Input<bool>? RegistrationEnabled { get; set; }
}
