using Pulumi;

namespace Orchestrator.Infra.AzureNative.MachineLearning;

/// <summary>A container that models run in.</summary>
public sealed class EnvironmentVersion : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:machinelearningservices/v20251201:EnvironmentVersion";

    /// <summary>Asks for it.</summary>
    public EnvironmentVersion(string name, EnvironmentVersionArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a container that models run in is made with.</summary>
public sealed class EnvironmentVersionArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>The workspace.</summary>
    [Input("workspaceName", required: true)]
    public Input<string>? WorkspaceName { get; set; }

    /// <summary>The environment.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }

    /// <summary>Its version.</summary>
    [Input("version")]
    public Input<string>? Version { get; set; }

    /// <summary>What it is.</summary>
    [Input("properties", required: true)]
    public Input<EnvironmentVersionPropertiesArgs>? Properties { get; set; }
}

/// <summary>What a container for models is.</summary>
public sealed class EnvironmentVersionPropertiesArgs : ResourceArgs
{
    /// <summary>Its image.</summary>
    [Input("image")]
    public Input<string>? Image { get; set; }

    /// <summary>Linux.</summary>
    [Input("osType")]
    public Input<string>? OsType { get; set; }

    /// <summary>Where it answers.</summary>
    [Input("inferenceConfig")]
    public Input<InferenceContainerPropertiesArgs>? InferenceConfig { get; set; }
}

/// <summary>Where a server of models answers.</summary>
public sealed class InferenceContainerPropertiesArgs : ResourceArgs
{
    /// <summary>Whether it lives.</summary>
    [Input("livenessRoute")]
    public Input<RouteArgs>? LivenessRoute { get; set; }

    /// <summary>Whether it is ready.</summary>
    [Input("readinessRoute")]
    public Input<RouteArgs>? ReadinessRoute { get; set; }

    /// <summary>The model.</summary>
    [Input("scoringRoute")]
    public Input<RouteArgs>? ScoringRoute { get; set; }
}

/// <summary>A path and a port.</summary>
public sealed class RouteArgs : ResourceArgs
{
    /// <summary>The path.</summary>
    [Input("path", required: true)]
    public Input<string>? Path { get; set; }

    /// <summary>The port.</summary>
    [Input("port", required: true)]
    public Input<int>? Port { get; set; }
}
