using Azure.Core;

namespace Orchestrator.Functions.Azure;

/// <summary>
/// The API version of every resource type that is touched. Without one the client takes the first that the provider lists,
/// even if that is a preview, and Azure China may not serve it.
/// </summary>
internal static class ApiVersions
{
    public const string ContainerApps = "2025-07-01";

    // The oldest stable one has all that is asked, and both clouds have it.
    public const string Metrics = "2018-01-01";

    // The newest stable ones that the infra program uses as well.
    public const string CognitiveServices = "2025-06-01";
    public const string MachineLearning = "2025-12-01";
    public const string Storage = "2024-01-01";

    public static IReadOnlyDictionary<ResourceType, string> All { get; } = new Dictionary<ResourceType, string>
    {
        ["Microsoft.App/containerApps"] = ContainerApps,
        ["Microsoft.App/containerApps/revisions"] = ContainerApps,
    };
}
