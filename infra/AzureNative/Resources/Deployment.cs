using Pulumi;

namespace Orchestrator.Infra.AzureNative.Resources;

/// <summary>
/// A template that ARM deploys. It changes resources that are there already: what a resource of this program cannot be asked for
/// before others are made.
/// </summary>
public sealed class Deployment : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:resources/v20240301:Deployment";

    /// <summary>Asks for it.</summary>
    public Deployment(string name, DeploymentArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a template's deployment is made with.</summary>
public sealed class DeploymentArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("deploymentName")]
    public Input<string>? DeploymentName { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>What is deployed.</summary>
    [Input("properties", required: true)]
    public Input<DeploymentPropertiesArgs>? Properties { get; set; }
}

/// <summary>What is deployed, and how.</summary>
public sealed class DeploymentPropertiesArgs : ResourceArgs
{
    /// <summary>Incremental: what the template does not name stays.</summary>
    [Input("mode", required: true)]
    public Input<string>? Mode { get; set; }

    /// <summary>The template.</summary>
    [Input("template")]
    public Input<DeploymentTemplateArgs>? Template { get; set; }
}

/// <summary>A template.</summary>
public sealed class DeploymentTemplateArgs : ResourceArgs
{
    /// <summary>The name of the language: the same in every cloud, and nothing that anybody asks.</summary>
    public const string Language = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

    /// <summary>The language that it is in.</summary>
    [Input("$schema", required: true)]
    public Input<string>? Schema { get; set; }

    /// <summary>Its own version.</summary>
    [Input("contentVersion", required: true)]
    public Input<string>? ContentVersion { get; set; }

    /// <summary>What it asks for, each with type, version and name in ARM.</summary>
    [Input("resources", required: true)]
    public InputList<ResourceArgs>? Resources { get; set; }
}
