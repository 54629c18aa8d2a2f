using Pulumi;

namespace Orchestrator.Infra.AzureNative.Resources;

/// <summary>A resource group.</summary>
public sealed class ResourceGroup : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:resources/v20240301:ResourceGroup";

    /// <summary>Asks for it.</summary>
    public ResourceGroup(string name, ResourceGroupArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a resource group is made with.</summary>
public sealed class ResourceGroupArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("resourceGroupName")]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }
}
