using Pulumi;

namespace Orchestrator.Infra.AzureNative.Storage;

/// <summary>A storage account.</summary>
public sealed class StorageAccount : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:storage/v20240101:StorageAccount";

    /// <summary>Asks for it.</summary>
    public StorageAccount(string name, StorageAccountArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>Its addresses.</summary>
    [Output("primaryEndpoints")]
    public Output<EndpointsResult> PrimaryEndpoints { get; private set; } = null!;
}

/// <summary>What a storage account is made with.</summary>
public sealed class StorageAccountArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("accountName")]
    public Input<string>? AccountName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>E.g. StorageV2.</summary>
    [Input("kind", required: true)]
    public Input<string>? Kind { get; set; }

    /// <summary>Its redundancy.</summary>
    [Input("sku", required: true)]
    public Input<SkuArgs>? Sku { get; set; }

    /// <summary>Whether blobs may be public.</summary>
    [Input("allowBlobPublicAccess")]
    public Input<bool>? AllowBlobPublicAccess { get; set; }

    /// <summary>Whether keys are taken.</summary>
    [Input("allowSharedKeyAccess")]
    public Input<bool>? AllowSharedKeyAccess { get; set; }

    /// <summary>Whether its objects may be replicated to another tenant.</summary>
    [Input("allowCrossTenantReplication")]
    public Input<bool>? AllowCrossTenantReplication { get; set; }

    /// <summary>Whether http is refused.</summary>
    [Input("enableHttpsTrafficOnly")]
    public Input<bool>? EnableHttpsTrafficOnly { get; set; }

    /// <summary>E.g. TLS1_2.</summary>
    [Input("minimumTlsVersion")]
    public Input<string>? MinimumTlsVersion { get; set; }

    /// <summary>Enabled or Disabled.</summary>
    [Input("publicNetworkAccess")]
    public Input<string>? PublicNetworkAccess { get; set; }
}

/// <summary>The addresses of a storage account.</summary>
[OutputType]
public sealed class EndpointsResult
{
    [OutputConstructor]
    private EndpointsResult(string blob, string queue, string table)
    {
        Blob = blob;
        Queue = queue;
        Table = table;
    }

    /// <summary>Of blobs.</summary>
    public string Blob { get; }

    /// <summary>Of queues.</summary>
    public string Queue { get; }

    /// <summary>Of tables.</summary>
    public string Table { get; }
}
