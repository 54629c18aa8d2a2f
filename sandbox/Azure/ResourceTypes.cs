namespace Orchestrator.Sandbox.Azure;

/// <summary>The resource types that the simulated clouds know, with their API versions.</summary>
internal static class ResourceTypes
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.App/containerApps"] = ["2025-07-01", "2025-01-01", "2024-03-01"],
        ["Microsoft.App/containerApps/revisions"] = ["2025-07-01", "2025-01-01", "2024-03-01"],
        ["Microsoft.App/containerApps/revisions/replicas"] = ["2025-07-01", "2025-01-01", "2024-03-01"],
        ["Microsoft.App/managedEnvironments"] = ["2025-07-01", "2025-01-01", "2024-03-01"],
        ["Microsoft.CognitiveServices/accounts"] = ["2025-06-01"],
        ["Microsoft.CognitiveServices/accounts/deployments"] = ["2025-06-01"],
        ["Microsoft.Storage/storageAccounts"] = ["2024-01-01"],
        ["Microsoft.KeyVault/vaults"] = ["2024-11-01"],
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = ["2024-11-30", "2023-01-31"],
        ["Microsoft.Authorization/roleAssignments"] = ["2022-04-01"],
        ["Microsoft.OperationalInsights/workspaces"] = ["2023-09-01"],
        ["Microsoft.Insights/components"] = ["2020-02-02"],
        ["Microsoft.Web/serverfarms"] = ["2025-05-01"],
        ["Microsoft.Web/sites"] = ["2025-05-01"],
    };

    public static IEnumerable<IGrouping<string, KeyValuePair<string, string[]>>> ByProvider =>
        Known.GroupBy(type => type.Key[..type.Key.IndexOf('/', StringComparison.Ordinal)]);

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
