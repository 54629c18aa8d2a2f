using Pulumi;

namespace Orchestrator.Infra.AzureNative.App;

/// <summary>An environment of container apps.</summary>
public sealed class ManagedEnvironment : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:app/v20250701:ManagedEnvironment";

    /// <summary>Asks for it.</summary>
    public ManagedEnvironment(string name, ManagedEnvironmentArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>The domain of its apps.</summary>
    [Output("defaultDomain")]
    public Output<string> DefaultDomain { get; private set; } = null!;
}

/// <summary>What an environment of container apps is made with.</summary>
public sealed class ManagedEnvironmentArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("environmentName")]
    public Input<string>? EnvironmentName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>Where logs go.</summary>
    [Input("appLogsConfiguration")]
    public Input<AppLogsConfigurationArgs>? AppLogsConfiguration { get; set; }

    /// <summary>Its virtual network.</summary>
    [Input("vnetConfiguration")]
    public Input<VnetConfigurationArgs>? VnetConfiguration { get; set; }

    /// <summary>What its apps run on.</summary>
    [Input("workloadProfiles")]
    public InputList<WorkloadProfileArgs>? WorkloadProfiles { get; set; }

    /// <summary>Enabled or Disabled.</summary>
    [Input("publicNetworkAccess")]
    public Input<string>? PublicNetworkAccess { get; set; }

    /// <summary>Whether it spans zones.</summary>
    [Input("zoneRedundant")]
    public Input<bool>? ZoneRedundant { get; set; }
}

/// <summary>Where the logs of container apps go.</summary>
public sealed class AppLogsConfigurationArgs : ResourceArgs
{
    /// <summary>E.g. azure-monitor: diagnostic settings say where, and no key is needed.</summary>
    [Input("destination")]
    public Input<string>? Destination { get; set; }
}

/// <summary>The virtual network of container apps.</summary>
public sealed class VnetConfigurationArgs : ResourceArgs
{
    /// <summary>The subnet.</summary>
    [Input("infrastructureSubnetId")]
    public Input<string>? InfrastructureSubnetId { get; set; }

    /// <summary>Whether apps are reachable only from inside.</summary>
    [Input("internal")]
    public Input<bool>? Internal { get; set; }
}

/// <summary>What container apps run on.</summary>
public sealed class WorkloadProfileArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }

    /// <summary>E.g. Consumption.</summary>
    [Input("workloadProfileType", required: true)]
    public Input<string>? WorkloadProfileType { get; set; }
}
