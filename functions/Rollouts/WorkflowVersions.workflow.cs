using Microsoft.DurableTask;

namespace Orchestrator.Functions.Rollouts;

/// <summary>What an older build began goes on as that build would have it.</summary>
internal static class WorkflowVersions
{
    /// <summary>Whether the orchestration was begun by a build that knew no such version.</summary>
    public static bool IsOlderThan(this TaskOrchestrationContext context, string version) =>
        !System.Version.TryParse(context.Version, out var own) || own < System.Version.Parse(version);
}
