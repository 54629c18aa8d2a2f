using Pulumi;

namespace Orchestrator.Infra.AzureNative.Web;

/// <summary>What function apps run on.</summary>
public sealed class AppServicePlan : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:web/v20250501:AppServicePlan";

    /// <summary>Asks for it.</summary>
    public AppServicePlan(string name, AppServicePlanArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What what function apps run on is made with.</summary>
public sealed class AppServicePlanArgs : ResourceArgs
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

    /// <summary>functionapp or elastic.</summary>
    [Input("kind")]
    public Input<string>? Kind { get; set; }

    /// <summary>Whether it is Linux.</summary>
    [Input("reserved")]
    public Input<bool>? Reserved { get; set; }

    /// <summary>E.g. FC1 or EP1.</summary>
    [Input("sku")]
    public Input<SkuArgs>? Sku { get; set; }
}
