using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>
/// The stack's own provider: its cloud, tenant and subscription are said here and nowhere else, so that nothing of the stack can
/// be built in another one, whoever is signed in.
/// </summary>
internal sealed class AzureProvider : ProviderResource
{
    // The plugin whose API versions the tokens name. It knows them all, though its SDKs have one each.
    // Source: pulumi-azure-native, pull request 4016.
    private const string PluginVersion = "3.28.0";

    public AzureProvider(StackContext context)
        : base(
            "azure-native",
            context.Stack.Name.Value,
            new AzureProviderArgs
            {
                Environment = context.Cloud.ProviderEnvironment,
                TenantId = context.Stack.TenantId.ToString(),
                SubscriptionId = context.Stack.SubscriptionId.ToString(),
            },
            new() { Version = PluginVersion })
    {
    }
}

/// <summary>What the provider is made with.</summary>
internal sealed class AzureProviderArgs : ResourceArgs
{
    /// <summary>public or china.</summary>
    [Input("environment")]
    public Input<string>? Environment { get; set; }

    /// <summary>The Entra tenant.</summary>
    [Input("tenantId")]
    public Input<string>? TenantId { get; set; }

    /// <summary>The subscription.</summary>
    [Input("subscriptionId")]
    public Input<string>? SubscriptionId { get; set; }
}
