using Pulumi;

namespace Orchestrator.Infra.AzureNative.MachineLearning;

/// <summary>A machine learning workspace.</summary>
public sealed class Workspace : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:machinelearningservices/v20251201:Workspace";

    /// <summary>Asks for it.</summary>
    public Workspace(string name, WorkspaceArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a machine learning workspace is made with.</summary>
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

    /// <summary>Who it acts as.</summary>
    [Input("identity")]
    public Input<IdentityArgs>? Identity { get; set; }

    /// <summary>Basic.</summary>
    [Input("sku")]
    public Input<SkuArgs>? Sku { get; set; }

    /// <summary>The id of its storage.</summary>
    [Input("storageAccount")]
    public Input<string>? StorageAccount { get; set; }

    /// <summary>The id of its vault.</summary>
    [Input("keyVault")]
    public Input<string>? KeyVault { get; set; }

    /// <summary>The id of what its telemetry goes to.</summary>
    [Input("applicationInsights")]
    public Input<string>? ApplicationInsights { get; set; }

    /// <summary>The id of its identity.</summary>
    [Input("primaryUserAssignedIdentity")]
    public Input<string>? PrimaryUserAssignedIdentity { get; set; }

    /// <summary>How it gets at its storage: identity or accessKey.</summary>
    [Input("systemDatastoresAuthMode")]
    public Input<string>? SystemDatastoresAuthMode { get; set; }

    /// <summary>Enabled or Disabled.</summary>
    [Input("publicNetworkAccess")]
    public Input<string>? PublicNetworkAccess { get; set; }

    /// <summary>The network of the machines that Azure manages; none when they are open to the internet.</summary>
    [Input("managedNetwork")]
    public Input<ManagedNetworkSettingsArgs>? ManagedNetwork { get; set; }

    /// <summary>Whether that network is made together with the workspace.</summary>
    [Input("provisionNetworkNow")]
    public Input<bool>? ProvisionNetworkNow { get; set; }
}
