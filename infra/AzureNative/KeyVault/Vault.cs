using Pulumi;

namespace Orchestrator.Infra.AzureNative.KeyVault;

/// <summary>A key vault.</summary>
public sealed class Vault : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:keyvault/v20241101:Vault";

    /// <summary>Asks for it.</summary>
    public Vault(string name, VaultArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>What it does.</summary>
    [Output("properties")]
    public Output<VaultPropertiesResult> Properties { get; private set; } = null!;
}

/// <summary>What a key vault is made with.</summary>
public sealed class VaultArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("vaultName")]
    public Input<string>? VaultName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>What it does.</summary>
    [Input("properties", required: true)]
    public Input<VaultPropertiesArgs>? Properties { get; set; }
}

/// <summary>What a vault does.</summary>
public sealed class VaultPropertiesArgs : ResourceArgs
{
    /// <summary>The tenant whose identities it knows.</summary>
    [Input("tenantId", required: true)]
    public Input<string>? TenantId { get; set; }

    /// <summary>Family A, standard or premium.</summary>
    [Input("sku", required: true)]
    public Input<SkuArgs>? Sku { get; set; }

    /// <summary>Whether roles decide who may read.</summary>
    [Input("enableRbacAuthorization")]
    public Input<bool>? EnableRbacAuthorization { get; set; }

    /// <summary>Whether nothing can be purged before its time.</summary>
    [Input("enablePurgeProtection")]
    public Input<bool>? EnablePurgeProtection { get; set; }

    /// <summary>Days until what is deleted is gone.</summary>
    [Input("softDeleteRetentionInDays")]
    public Input<int>? SoftDeleteRetentionInDays { get; set; }

    /// <summary>Enabled or Disabled.</summary>
    [Input("publicNetworkAccess")]
    public Input<string>? PublicNetworkAccess { get; set; }
}

/// <summary>What a vault does.</summary>
[OutputType]
public sealed class VaultPropertiesResult
{
    [OutputConstructor]
    private VaultPropertiesResult(string vaultUri)
    {
        VaultUri = vaultUri;
    }

    /// <summary>Its address.</summary>
    public string VaultUri { get; }
}
