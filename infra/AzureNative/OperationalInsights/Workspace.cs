using Pulumi;

namespace Orchestrator.Infra.AzureNative.OperationalInsights;

/// <summary>A workspace of logs.</summary>
public sealed class Workspace : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:operationalinsights/v20230901:Workspace";

    /// <summary>Asks for it.</summary>
    public Workspace(string name, WorkspaceArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>What queries name it by.</summary>
    [Output("customerId")]
    public Output<string> CustomerId { get; private set; } = null!;
}

/// <summary>What a workspace of logs is made with.</summary>
public sealed class WorkspaceArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("workspaceName")]
    public Input<string>? WorkspaceName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>PerGB2018.</summary>
    [Input("sku")]
    public Input<SkuArgs>? Sku { get; set; }

    /// <summary>Days until logs go.</summary>
    [Input("retentionInDays")]
    public Input<int>? RetentionInDays { get; set; }
}
