using Orchestrator.Core.Names;

namespace Orchestrator.Core.Topologies;

/// <summary>
/// Azure's paired regions: Azure itself updates only one of a pair at a time, as each is the other's refuge. Sources: "Azure
/// region pairs and nonpaired regions" (learn.microsoft.com) and the list of Azure China's regions (docs.azure.cn). Newer regions
/// have no pair.
/// </summary>
public static class RegionPairs
{
    private static readonly HashSet<(string, string)> Pairs =
    [
        ("eastus", "westus"), ("eastus2", "centralus"), ("northcentralus", "southcentralus"), ("westus2", "westcentralus"), ("westus3", "eastus"),
        ("canadacentral", "canadaeast"), ("brazilsouth", "southcentralus"),
        ("northeurope", "westeurope"), ("uksouth", "ukwest"), ("francecentral", "francesouth"), ("germanywestcentral", "germanynorth"),
        ("norwayeast", "norwaywest"), ("swedencentral", "swedensouth"), ("switzerlandnorth", "switzerlandwest"),
        ("eastasia", "southeastasia"), ("japaneast", "japanwest"), ("koreacentral", "koreasouth"), ("centralindia", "southindia"),
        ("australiaeast", "australiasoutheast"), ("australiacentral", "australiacentral2"),
        ("southafricanorth", "southafricawest"), ("uaenorth", "uaecentral"),
        ("chinanorth", "chinaeast"), ("chinanorth2", "chinaeast2"), ("chinanorth3", "chinaeast3"),
    ];

    /// <summary>Whether the two regions are a pair, whichever of them is named first.</summary>
    public static bool Are(RegionName one, RegionName other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Pairs.Contains((one.Value, other.Value)) || Pairs.Contains((other.Value, one.Value));
    }
}
