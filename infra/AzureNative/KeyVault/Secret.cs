using Pulumi;

namespace Orchestrator.Infra.AzureNative.KeyVault;

/// <summary>A secret in a vault.</summary>
public sealed class Secret : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:keyvault/v20241101:Secret";

    /// <summary>Asks for it.</summary>
    public Secret(string name, SecretArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>Where it is.</summary>
    [Output("properties")]
    public Output<SecretPropertiesResult> Properties { get; private set; } = null!;
}

/// <summary>What a secret in a vault is made with.</summary>
public sealed class SecretArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The vault.</summary>
    [Input("vaultName", required: true)]
    public Input<string>? VaultName { get; set; }

    /// <summary>Its name.</summary>
    [Input("secretName")]
    public Input<string>? SecretName { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>What it holds.</summary>
    [Input("properties", required: true)]
    public Input<SecretPropertiesArgs>? Properties { get; set; }
}

/// <summary>What a secret holds.</summary>
public sealed class SecretPropertiesArgs : ResourceArgs
{
    /// <summary>Its value; always a secret output.</summary>
    [Input("value")]
    public Input<string>? Value { get; set; }

    /// <summary>What it is.</summary>
    [Input("contentType")]
    public Input<string>? ContentType { get; set; }
}

/// <summary>Where a secret is.</summary>
[OutputType]
public sealed class SecretPropertiesResult
{
    [OutputConstructor]
    private SecretPropertiesResult(string secretUri)
    {
        SecretUri = secretUri;
    }

    /// <summary>Its address, without a version.</summary>
    public string SecretUri { get; }
}
