using Pulumi;

namespace Orchestrator.Infra.AzureNative.MachineLearning;

/// <summary>An endpoint as a template asks for it: with the names that ARM has for it, not the provider's.</summary>
public sealed class OnlineEndpointTemplateArgs : ResourceArgs
{
    /// <summary>Its type in ARM.</summary>
    public const string ArmType = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";

    /// <summary>The same API version as the endpoint's own.</summary>
    public const string Version = "2025-12-01";

    /// <summary>Its type.</summary>
    [Input("type", required: true)]
    public Input<string>? Type { get; set; }

    /// <summary>The API version.</summary>
    [Input("apiVersion", required: true)]
    public Input<string>? ApiVersion { get; set; }

    /// <summary>Workspace and endpoint, with a slash between.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>Managed or Kubernetes.</summary>
    [Input("kind")]
    public Input<string>? Kind { get; set; }

    /// <summary>Who it acts as.</summary>
    [Input("identity")]
    public Input<ArmIdentityArgs>? Identity { get; set; }

    /// <summary>How it answers.</summary>
    [Input("properties", required: true)]
    public Input<OnlineEndpointPropertiesArgs>? Properties { get; set; }
}

/// <summary>Who a resource acts as, in ARM's form: identities are a map by id.</summary>
public sealed class ArmIdentityArgs : ResourceArgs
{
    /// <summary>UserAssigned.</summary>
    [Input("type", required: true)]
    public Input<string>? Type { get; set; }

    /// <summary>The identities by id.</summary>
    [Input("userAssignedIdentities")]
    public InputMap<ArmIdentityEntryArgs>? UserAssignedIdentities { get; set; }
}

/// <summary>What is said of an identity besides its id: nothing.</summary>
public sealed class ArmIdentityEntryArgs : ResourceArgs;
