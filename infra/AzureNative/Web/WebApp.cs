using Pulumi;

namespace Orchestrator.Infra.AzureNative.Web;

/// <summary>A function app.</summary>
public sealed class WebApp : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:web/v20250501:WebApp";

    /// <summary>Asks for it.</summary>
    public WebApp(string name, WebAppArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>Its host name.</summary>
    [Output("defaultHostName")]
    public Output<string> DefaultHostName { get; private set; } = null!;
}

/// <summary>What a function app is made with.</summary>
public sealed class WebAppArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>functionapp,linux.</summary>
    [Input("kind")]
    public Input<string>? Kind { get; set; }

    /// <summary>Who it acts as.</summary>
    [Input("identity")]
    public Input<IdentityArgs>? Identity { get; set; }

    /// <summary>Its plan.</summary>
    [Input("serverFarmId")]
    public Input<string>? ServerFarmId { get; set; }

    /// <summary>Whether http is refused.</summary>
    [Input("httpsOnly")]
    public Input<bool>? HttpsOnly { get; set; }

    /// <summary>The id of the identity that reads secrets.</summary>
    [Input("keyVaultReferenceIdentity")]
    public Input<string>? KeyVaultReferenceIdentity { get; set; }

    /// <summary>Enabled or Disabled.</summary>
    [Input("publicNetworkAccess")]
    public Input<string>? PublicNetworkAccess { get; set; }

    /// <summary>The subnet that it calls out from.</summary>
    [Input("virtualNetworkSubnetId")]
    public Input<string>? VirtualNetworkSubnetId { get; set; }

    /// <summary>How it runs.</summary>
    [Input("siteConfig")]
    public Input<SiteConfigArgs>? SiteConfig { get; set; }

    /// <summary>How a Flex Consumption app runs.</summary>
    [Input("functionAppConfig")]
    public Input<FunctionAppConfigArgs>? FunctionAppConfig { get; set; }
}

/// <summary>How an app runs.</summary>
public sealed class SiteConfigArgs : ResourceArgs
{
    /// <summary>Its settings.</summary>
    [Input("appSettings")]
    public InputList<NameValuePairArgs>? AppSettings { get; set; }

    /// <summary>What is asked whether it is well.</summary>
    [Input("healthCheckPath")]
    public Input<string>? HealthCheckPath { get; set; }

    /// <summary>E.g. 1.2.</summary>
    [Input("minTlsVersion")]
    public Input<string>? MinTlsVersion { get; set; }

    /// <summary>Disabled.</summary>
    [Input("ftpsState")]
    public Input<string>? FtpsState { get; set; }

    /// <summary>Whether HTTP/2 is spoken.</summary>
    [Input("http20Enabled")]
    public Input<bool>? Http20Enabled { get; set; }

    /// <summary>The runtime of a Premium app.</summary>
    [Input("linuxFxVersion")]
    public Input<string>? LinuxFxVersion { get; set; }
}

/// <summary>A setting.</summary>
public sealed class NameValuePairArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>Its value.</summary>
    [Input("value")]
    public Input<string>? Value { get; set; }
}

/// <summary>How a Flex Consumption app runs.</summary>
public sealed class FunctionAppConfigArgs : ResourceArgs
{
    /// <summary>Where its package is.</summary>
    [Input("deployment")]
    public Input<FunctionsDeploymentArgs>? Deployment { get; set; }

    /// <summary>What runs it.</summary>
    [Input("runtime")]
    public Input<FunctionsRuntimeArgs>? Runtime { get; set; }

    /// <summary>How many instances.</summary>
    [Input("scaleAndConcurrency")]
    public Input<FunctionsScaleAndConcurrencyArgs>? ScaleAndConcurrency { get; set; }
}

/// <summary>Where an app's package is.</summary>
public sealed class FunctionsDeploymentArgs : ResourceArgs
{
    /// <summary>In which storage.</summary>
    [Input("storage")]
    public Input<FunctionsDeploymentStorageArgs>? Storage { get; set; }
}

/// <summary>A container with an app's package.</summary>
public sealed class FunctionsDeploymentStorageArgs : ResourceArgs
{
    /// <summary>blobContainer.</summary>
    [Input("type")]
    public Input<string>? Type { get; set; }

    /// <summary>The container's address.</summary>
    [Input("value")]
    public Input<string>? Value { get; set; }

    /// <summary>Who reads it.</summary>
    [Input("authentication")]
    public Input<FunctionsDeploymentStorageAuthenticationArgs>? Authentication { get; set; }
}

/// <summary>Who reads an app's package.</summary>
public sealed class FunctionsDeploymentStorageAuthenticationArgs : ResourceArgs
{
    /// <summary>UserAssignedIdentity.</summary>
    [Input("type")]
    public Input<string>? Type { get; set; }

    /// <summary>The identity's id.</summary>
    [Input("userAssignedIdentityResourceId")]
    public Input<string>? UserAssignedIdentityResourceId { get; set; }
}

/// <summary>What runs an app.</summary>
public sealed class FunctionsRuntimeArgs : ResourceArgs
{
    /// <summary>dotnet-isolated.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>E.g. 10.0.</summary>
    [Input("version")]
    public Input<string>? Version { get; set; }
}

/// <summary>How many instances.</summary>
public sealed class FunctionsScaleAndConcurrencyArgs : ResourceArgs
{
    /// <summary>Memory of one, in MB.</summary>
    [Input("instanceMemoryMB")]
    public Input<int>? InstanceMemoryMB { get; set; }

    /// <summary>At most.</summary>
    [Input("maximumInstanceCount")]
    public Input<int>? MaximumInstanceCount { get; set; }
}
