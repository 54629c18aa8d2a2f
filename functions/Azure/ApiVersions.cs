using Azure.Core;

namespace Orchestrator.Functions.Azure;

/// <summary>
/// The API version of every resource type that is touched. Without one the client takes the first that the provider lists,
/// even if that is a preview, and Azure China may not serve it.
/// </summary>
internal static class ApiVersions
{
    public const string ContainerApps = "2025-07-01";

    public static IReadOnlyDictionary<ResourceType, string> All { get; } = new Dictionary<ResourceType, string>
    {
        ["Microsoft.App/containerApps"] = ContainerApps,
        ["Microsoft.App/containerApps/revisions"] = ContainerApps,
    };
}
