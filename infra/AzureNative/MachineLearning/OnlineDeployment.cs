using Pulumi;

namespace Orchestrator.Infra.AzureNative.MachineLearning;

/// <summary>A server of models behind an endpoint.</summary>
public sealed class OnlineDeployment : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:machinelearningservices/v20251201:OnlineDeployment";

    /// <summary>Asks for it.</summary>
    public OnlineDeployment(string name, OnlineDeploymentArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a server of models behind an endpoint is made with.</summary>
public sealed class OnlineDeploymentArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The workspace.</summary>
    [Input("workspaceName", required: true)]
    public Input<string>? WorkspaceName { get; set; }

    /// <summary>The endpoint.</summary>
    [Input("endpointName", required: true)]
    public Input<string>? EndpointName { get; set; }

    /// <summary>Its name.</summary>
    [Input("deploymentName")]
    public Input<string>? DeploymentName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>How many machines.</summary>
    [Input("sku")]
    public Input<SkuArgs>? Sku { get; set; }

    /// <summary>What it runs.</summary>
    [Input("properties", required: true)]
    public Input<OnlineDeploymentPropertiesArgs>? Properties { get; set; }
}

/// <summary>What a server of models runs.</summary>
public sealed class OnlineDeploymentPropertiesArgs : ResourceArgs
{
    /// <summary>Managed or Kubernetes.</summary>
    [Input("endpointComputeType", required: true)]
    public Input<string>? EndpointComputeType { get; set; }

    /// <summary>Its container.</summary>
    [Input("environmentId")]
    public Input<string>? EnvironmentId { get; set; }

    /// <summary>Its environment variables.</summary>
    [Input("environmentVariables")]
    public InputMap<string>? EnvironmentVariables { get; set; }

    /// <summary>The size of its machines; on a cluster, the cluster's instance type.</summary>
    [Input("instanceType")]
    public Input<string>? InstanceType { get; set; }

    /// <summary>What we note about it.</summary>
    [Input("properties")]
    public InputMap<string>? Properties { get; set; }

    /// <summary>How requests are taken.</summary>
    [Input("requestSettings")]
    public Input<OnlineRequestSettingsArgs>? RequestSettings { get; set; }

    /// <summary>When it counts as dead.</summary>
    [Input("livenessProbe")]
    public Input<ProbeSettingsArgs>? LivenessProbe { get; set; }

    /// <summary>When it counts as ready.</summary>
    [Input("readinessProbe")]
    public Input<ProbeSettingsArgs>? ReadinessProbe { get; set; }
}

/// <summary>How a server takes requests.</summary>
public sealed class OnlineRequestSettingsArgs : ResourceArgs
{
    /// <summary>Requests at once.</summary>
    [Input("maxConcurrentRequestsPerInstance")]
    public Input<int>? MaxConcurrentRequestsPerInstance { get; set; }

    /// <summary>How long an answer may take, as an ISO 8601 duration.</summary>
    [Input("requestTimeout")]
    public Input<string>? RequestTimeout { get; set; }
}

/// <summary>How a server is asked how it is. Times are ISO 8601 durations.</summary>
public sealed class ProbeSettingsArgs : ResourceArgs
{
    /// <summary>How many bad answers in a row are too many.</summary>
    [Input("failureThreshold")]
    public Input<int>? FailureThreshold { get; set; }

    /// <summary>How long after its start it is asked first.</summary>
    [Input("initialDelay")]
    public Input<string>? InitialDelay { get; set; }

    /// <summary>How often it is asked.</summary>
    [Input("period")]
    public Input<string>? Period { get; set; }

    /// <summary>How long an answer may take.</summary>
    [Input("timeout")]
    public Input<string>? Timeout { get; set; }
}
