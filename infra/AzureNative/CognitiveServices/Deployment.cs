using Pulumi;

namespace Orchestrator.Infra.AzureNative.CognitiveServices;

/// <summary>A model's deployment in an account.</summary>
public sealed class Deployment : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:cognitiveservices/v20250601:Deployment";

    /// <summary>Asks for it.</summary>
    public Deployment(string name, DeploymentArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a model's deployment in an account is made with.</summary>
public sealed class DeploymentArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The account.</summary>
    [Input("accountName", required: true)]
    public Input<string>? AccountName { get; set; }

    /// <summary>Its name.</summary>
    [Input("deploymentName")]
    public Input<string>? DeploymentName { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>What it costs and can do.</summary>
    [Input("sku")]
    public Input<SkuArgs>? Sku { get; set; }

    /// <summary>Which model.</summary>
    [Input("properties")]
    public Input<DeploymentPropertiesArgs>? Properties { get; set; }
}

/// <summary>Which model is deployed.</summary>
public sealed class DeploymentPropertiesArgs : ResourceArgs
{
    /// <summary>The model.</summary>
    [Input("model")]
    public Input<DeploymentModelArgs>? Model { get; set; }

    /// <summary>Whether the provider may change the version.</summary>
    [Input("versionUpgradeOption")]
    public Input<string>? VersionUpgradeOption { get; set; }

    /// <summary>Its content policy.</summary>
    [Input("raiPolicyName")]
    public Input<string>? RaiPolicyName { get; set; }
}

/// <summary>A model.</summary>
public sealed class DeploymentModelArgs : ResourceArgs
{
    /// <summary>Its provider's format.</summary>
    [Input("format")]
    public Input<string>? Format { get; set; }

    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>Its version.</summary>
    [Input("version")]
    public Input<string>? Version { get; set; }
}
