using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.Storage;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>A storage account as all of ours are: no keys, no anonymous readers, no copies in another tenant or another region.</summary>
internal static class DataStore
{
    // Local redundancy: a copy in another region would be one in another jurisdiction for some.
    private const string Redundancy = "Standard_LRS";

    public static string Name(ResourceNames names, string[] parts, string purpose) => names.Unique("st", [.. parts, purpose]);

    public static StorageAccount Create(Place place, string purpose, Resource parent) => new(
        place.Logical(purpose),
        new()
        {
            ResourceGroupName = place.Group,
            AccountName = Name(place.Context.Names, place.Parts, purpose),
            Location = place.Region.Value,
            Tags = place.Tags(),
            Kind = "StorageV2",
            Sku = new SkuArgs { Name = Redundancy },
            AllowBlobPublicAccess = false,
            AllowSharedKeyAccess = false,
            AllowCrossTenantReplication = false,
            EnableHttpsTrafficOnly = true,
            MinimumTlsVersion = "TLS1_2",
            PublicNetworkAccess = place.Context.PublicAccess,
        },
        new() { Parent = parent });
}
