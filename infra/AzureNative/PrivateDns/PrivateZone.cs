using Pulumi;

namespace Orchestrator.Infra.AzureNative.PrivateDns;

/// <summary>A zone of names inside.</summary>
public sealed class PrivateZone : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:privatedns/v20240601:PrivateZone";

    /// <summary>Asks for it.</summary>
    public PrivateZone(string name, PrivateZoneArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a zone of names inside is made with.</summary>
public sealed class PrivateZoneArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("privateZoneName")]
    public Input<string>? PrivateZoneName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }
}
