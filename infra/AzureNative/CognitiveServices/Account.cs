using Pulumi;

namespace Orchestrator.Infra.AzureNative.CognitiveServices;

/// <summary>An account of Azure AI services.</summary>
public sealed class Account : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:cognitiveservices/v20250601:Account";

    /// <summary>Asks for it.</summary>
    public Account(string name, AccountArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>What it does.</summary>
    [Output("properties")]
    public Output<AccountPropertiesResult> Properties { get; private set; } = null!;
}

/// <summary>What an account of Azure AI services is made with.</summary>
public sealed class AccountArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("accountName")]
    public Input<string>? AccountName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>E.g. AIServices.</summary>
    [Input("kind")]
    public Input<string>? Kind { get; set; }

    /// <summary>What it costs and can do.</summary>
    [Input("sku")]
    public Input<SkuArgs>? Sku { get; set; }

    /// <summary>Who it acts as.</summary>
    [Input("identity")]
    public Input<IdentityArgs>? Identity { get; set; }

    /// <summary>What it does.</summary>
    [Input("properties")]
    public Input<AccountPropertiesArgs>? Properties { get; set; }
}

/// <summary>What an account does.</summary>
public sealed class AccountPropertiesArgs : ResourceArgs
{
    /// <summary>Its own host name, which Entra sign-in needs.</summary>
    [Input("customSubDomainName")]
    public Input<string>? CustomSubDomainName { get; set; }

    /// <summary>Enabled or Disabled.</summary>
    [Input("publicNetworkAccess")]
    public Input<string>? PublicNetworkAccess { get; set; }

    /// <summary>Whether keys are refused.</summary>
    [Input("disableLocalAuth")]
    public Input<bool>? DisableLocalAuth { get; set; }

    /// <summary>Who may reach it.</summary>
    [Input("networkAcls")]
    public Input<NetworkRuleSetArgs>? NetworkAcls { get; set; }
}

/// <summary>Who may reach an account.</summary>
public sealed class NetworkRuleSetArgs : ResourceArgs
{
    /// <summary>Allow or Deny.</summary>
    [Input("defaultAction")]
    public Input<string>? DefaultAction { get; set; }
}

/// <summary>What an account does.</summary>
[OutputType]
public sealed class AccountPropertiesResult
{
    [OutputConstructor]
    private AccountPropertiesResult(string endpoint)
    {
        Endpoint = endpoint;
    }

    /// <summary>Its address.</summary>
    public string Endpoint { get; }
}
