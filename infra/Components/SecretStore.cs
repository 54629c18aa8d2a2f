using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.KeyVault;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>A key vault as all of ours are: roles decide who reads, and nothing can be purged before its time.</summary>
internal static class SecretStore
{
    private const int DaysUntilGone = 90;

    public static Vault Create(Place place, Resource parent) => new(
        place.Logical("vault"),
        new()
        {
            ResourceGroupName = place.Group,
            VaultName = place.Context.Names.Unique("kv", place.Parts),
            Location = place.Region.Value,
            Tags = place.Tags(),
            Properties = new VaultPropertiesArgs
            {
                TenantId = place.Context.Stack.TenantId.ToString(),
                Sku = new SkuArgs { Family = "A", Name = "standard" },
                EnableRbacAuthorization = true,
                EnablePurgeProtection = true,
                SoftDeleteRetentionInDays = DaysUntilGone,
                PublicNetworkAccess = place.Context.PublicAccess,
            },
        },
        new() { Parent = parent });
}
