using Pulumi;

namespace Orchestrator.Infra.AzureNative.MachineLearning;

/// <summary>An address that models answer on.</summary>
public sealed class OnlineEndpoint : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:machinelearningservices/v20251201:OnlineEndpoint";

    /// <summary>Asks for it.</summary>
    public OnlineEndpoint(string name, OnlineEndpointArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>How it answers.</summary>
    [Output("properties")]
    public Output<OnlineEndpointPropertiesResult> Properties { get; private set; } = null!;
}

/// <summary>What an address that models answer on is made with.</summary>
public sealed class OnlineEndpointArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The workspace.</summary>
    [Input("workspaceName", required: true)]
    public Input<string>? WorkspaceName { get; set; }

    /// <summary>Its name.</summary>
    [Input("endpointName")]
    public Input<string>? EndpointName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>Who it acts as.</summary>
    [Input("identity")]
    public Input<IdentityArgs>? Identity { get; set; }

    /// <summary>Managed or Kubernetes.</summary>
    [Input("kind")]
    public Input<string>? Kind { get; set; }

    /// <summary>How it answers.</summary>
    [Input("properties", required: true)]
    public Input<OnlineEndpointPropertiesArgs>? Properties { get; set; }
}

/// <summary>How an endpoint answers.</summary>
public sealed class OnlineEndpointPropertiesArgs : ResourceArgs
{
    /// <summary>AADToken, or AMLToken on a cluster.</summary>
    [Input("authMode", required: true)]
    public Input<string>? AuthMode { get; set; }

    /// <summary>Enabled or Disabled.</summary>
    [Input("publicNetworkAccess")]
    public Input<string>? PublicNetworkAccess { get; set; }

    /// <summary>The id of the attached compute; none for machines that Azure manages.</summary>
    [Input("compute")]
    public Input<string>? Compute { get; set; }

    /// <summary>Percent for each deployment.</summary>
    [Input("traffic")]
    public InputMap<int>? Traffic { get; set; }

    /// <summary>Percent that is copied to a deployment.</summary>
    [Input("mirrorTraffic")]
    public InputMap<int>? MirrorTraffic { get; set; }
}

/// <summary>How an endpoint answers.</summary>
[OutputType]
public sealed class OnlineEndpointPropertiesResult
{
    [OutputConstructor]
    private OnlineEndpointPropertiesResult(string scoringUri)
    {
        ScoringUri = scoringUri;
    }

    /// <summary>Its address.</summary>
    public string ScoringUri { get; }
}
