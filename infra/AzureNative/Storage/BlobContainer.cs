using Pulumi;

namespace Orchestrator.Infra.AzureNative.Storage;

/// <summary>A container of blobs.</summary>
public sealed class BlobContainer : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:storage/v20240101:BlobContainer";

    /// <summary>Asks for it.</summary>
    public BlobContainer(string name, BlobContainerArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a container of blobs is made with.</summary>
public sealed class BlobContainerArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The account.</summary>
    [Input("accountName", required: true)]
    public Input<string>? AccountName { get; set; }

    /// <summary>Its name.</summary>
    [Input("containerName")]
    public Input<string>? ContainerName { get; set; }
}
