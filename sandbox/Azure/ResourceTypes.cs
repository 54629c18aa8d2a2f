namespace Orchestrator.Sandbox.Azure;

/// <summary>The resource types that the simulated clouds know, with their API versions.</summary>
internal static class ResourceTypes
{
    private static readonly string[] App = ["2025-07-01", "2025-01-01", "2024-03-01"];
    private static readonly string[] MachineLearning = ["2025-12-01", "2024-10-01"];
    private static readonly string[] Network = ["2024-05-01"];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Resources/resourceGroups"] = ["2024-03-01"],
        [Templates.Type] = ["2024-03-01"],
        ["Microsoft.App/containerApps"] = App,
        ["Microsoft.App/containerApps/revisions"] = App,
        ["Microsoft.App/containerApps/revisions/replicas"] = App,
        ["Microsoft.App/managedEnvironments"] = App,
        ["Microsoft.CognitiveServices/accounts"] = ["2025-06-01"],
        ["Microsoft.CognitiveServices/accounts/deployments"] = ["2025-06-01"],
        ["Microsoft.MachineLearningServices/workspaces"] = MachineLearning,
        ["Microsoft.MachineLearningServices/workspaces/computes"] = MachineLearning,
        ["Microsoft.MachineLearningServices/workspaces/environments/versions"] = MachineLearning,
        [OnlineEndpoints.Type] = MachineLearning,
        ["Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"] = MachineLearning,
        ["Microsoft.Storage/storageAccounts"] = ["2024-01-01"],
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = ["2024-01-01"],
        ["Microsoft.ContainerRegistry/registries"] = ["2025-11-01"],
        ["Microsoft.KeyVault/vaults"] = ["2024-11-01"],
        ["Microsoft.KeyVault/vaults/secrets"] = ["2024-11-01"],
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = ["2024-11-30", "2023-01-31"],
        ["Microsoft.Authorization/roleAssignments"] = ["2022-04-01"],
        ["Microsoft.Authorization/roleDefinitions"] = ["2022-04-01"],
        ["Microsoft.OperationalInsights/workspaces"] = ["2023-09-01"],
        ["Microsoft.Insights/components"] = ["2020-02-02"],
        [MonitorMetrics.Type] = ["2018-01-01", "2023-10-01"],
        ["Microsoft.Insights/diagnosticSettings"] = ["2021-05-01-preview"],
        ["Microsoft.Web/serverfarms"] = ["2025-05-01"],
        ["Microsoft.Web/sites"] = ["2025-05-01"],
        ["Microsoft.Network/virtualNetworks"] = Network,
        ["Microsoft.Network/privateEndpoints"] = Network,
        ["Microsoft.Network/privateEndpoints/privateDnsZoneGroups"] = Network,
        ["Microsoft.Network/privateDnsZones"] = ["2024-06-01"],
        ["Microsoft.Network/privateDnsZones/virtualNetworkLinks"] = ["2024-06-01"],
    };

    // Parts of other resources that are there as soon as those are.
    private static readonly HashSet<string> Implicit = new(StringComparer.OrdinalIgnoreCase)
    {
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.MachineLearningServices/workspaces/environments",
    };

    public static IEnumerable<IGrouping<string, KeyValuePair<string, string[]>>> ByProvider =>
        Known.GroupBy(type => type.Key[..type.Key.IndexOf('/', StringComparison.Ordinal)]);

    /// <summary>Whether resources of the type are in no region: names that are known everywhere.</summary>
    public static bool IsGlobal(string type) => type.StartsWith("Microsoft.Network/privateDnsZones", StringComparison.OrdinalIgnoreCase);

    public static bool IsImplicit(string type) => Implicit.Contains(type);

    /// <summary>Whether a resource at that path is in a region of its own: not what extends another, and neither a role nor a template.</summary>
    public static bool HasLocation(ResourcePath path) =>
        path.Scope is null && path.Types.Count == 1
        && !path.Namespace!.Equals("Microsoft.Authorization", StringComparison.OrdinalIgnoreCase)
        && !path.Type.Equals(Templates.Type, StringComparison.OrdinalIgnoreCase);

    public static void Check(string type, string version)
    {
        if (!Known.TryGetValue(type, out var versions))
        {
            throw new ArmException(400, "InvalidResourceType", $"The resource type '{type}' could not be found in this cloud for api version '{version}'.");
        }

        if (!versions.Contains(version, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArmException(400, "NoRegisteredProviderFound", $"No registered resource provider found for API version '{version}' for type '{type}'. The supported api-versions are '{string.Join(", ", versions)}'.");
        }
    }
}
