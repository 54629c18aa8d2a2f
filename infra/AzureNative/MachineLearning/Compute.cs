using Pulumi;

namespace Orchestrator.Infra.AzureNative.MachineLearning;

/// <summary>Machines that a workspace may use.</summary>
public sealed class Compute : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:machinelearningservices/v20251201:Compute";

    /// <summary>Asks for it.</summary>
    public Compute(string name, ComputeArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What machines that a workspace may use are made with.</summary>
public sealed class ComputeArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The workspace.</summary>
    [Input("workspaceName", required: true)]
    public Input<string>? WorkspaceName { get; set; }

    /// <summary>Its name.</summary>
    [Input("computeName")]
    public Input<string>? ComputeName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>Who it acts as.</summary>
    [Input("identity")]
    public Input<IdentityArgs>? Identity { get; set; }

    /// <summary>What it is.</summary>
    [Input("properties")]
    public Input<KubernetesArgs>? Properties { get; set; }
}

/// <summary>A Kubernetes cluster that is attached to a workspace.</summary>
public sealed class KubernetesArgs : ResourceArgs
{
    /// <summary>Kubernetes.</summary>
    [Input("computeType", required: true)]
    public Input<string>? ComputeType { get; set; }

    /// <summary>The cluster's id.</summary>
    [Input("resourceId")]
    public Input<string>? ResourceId { get; set; }

    /// <summary>Whether keys may be used instead of Entra tokens.</summary>
    [Input("disableLocalAuth")]
    public Input<bool>? DisableLocalAuth { get; set; }

    /// <summary>Where in the cluster.</summary>
    [Input("properties")]
    public Input<KubernetesPropertiesArgs>? Properties { get; set; }
}

/// <summary>Where in a cluster a workspace's containers run.</summary>
public sealed class KubernetesPropertiesArgs : ResourceArgs
{
    /// <summary>The cluster's namespace.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }
}
