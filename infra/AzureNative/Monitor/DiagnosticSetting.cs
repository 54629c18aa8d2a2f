using Pulumi;

namespace Orchestrator.Infra.AzureNative.Monitor;

/// <summary>Where a resource's logs go.</summary>
public sealed class DiagnosticSetting : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:monitor/v20210501preview:DiagnosticSetting";

    /// <summary>Asks for it.</summary>
    public DiagnosticSetting(string name, DiagnosticSettingArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What where a resource's logs go is made with.</summary>
public sealed class DiagnosticSettingArgs : ResourceArgs
{
    /// <summary>The resource.</summary>
    [Input("resourceUri", required: true)]
    public Input<string>? ResourceUri { get; set; }

    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>The workspace.</summary>
    [Input("workspaceId")]
    public Input<string>? WorkspaceId { get; set; }

    /// <summary>Which logs.</summary>
    [Input("logs")]
    public InputList<DiagnosticsLogSettingsArgs>? Logs { get; set; }
}

/// <summary>Which logs.</summary>
public sealed class DiagnosticsLogSettingsArgs : ResourceArgs
{
    /// <summary>E.g. allLogs.</summary>
    [Input("categoryGroup")]
    public Input<string>? CategoryGroup { get; set; }

    /// <summary>Whether they go.</summary>
    [Input("enabled", required: true)]
    public Input<bool>? Enabled { get; set; }
}
