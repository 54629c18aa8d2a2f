using Pulumi;

namespace Orchestrator.Infra.AzureNative.ApplicationInsights;

/// <summary>What telemetry goes to.</summary>
public sealed class Component : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:applicationinsights/v20200202:Component";

    /// <summary>Asks for it.</summary>
    public Component(string name, ComponentArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>What telemetry is sent with.</summary>
    [Output("connectionString")]
    public Output<string> ConnectionString { get; private set; } = null!;
}

/// <summary>What what telemetry goes to is made with.</summary>
public sealed class ComponentArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("resourceName")]
    public Input<string>? ResourceName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>web.</summary>
    [Input("kind", required: true)]
    public Input<string>? Kind { get; set; }

    /// <summary>web or other.</summary>
    [Input("applicationType", required: true)]
    public Input<string>? ApplicationType { get; set; }

    /// <summary>The workspace that keeps it.</summary>
    [Input("workspaceResourceId")]
    public Input<string>? WorkspaceResourceId { get; set; }

    /// <summary>LogAnalytics.</summary>
    [Input("ingestionMode")]
    public Input<string>? IngestionMode { get; set; }

    /// <summary>Whether keys are refused.</summary>
    [Input("disableLocalAuth")]
    public Input<bool>? DisableLocalAuth { get; set; }
}
