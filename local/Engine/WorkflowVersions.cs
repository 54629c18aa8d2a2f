namespace Orchestrator.Engine;

/// <summary>How versions of orchestrations compare, as Durable Task compares them: none before any, numbers by value, others as text.</summary>
internal static class WorkflowVersions
{
    /// <summary>Whether an orchestration of <paramref name="version"/> was begun by a newer build than one whose own is <paramref name="current"/>.</summary>
    public static bool IsNewer(string version, string current) => version.Length > 0
        && (current.Length == 0
            || (Version.TryParse(version, out var left) && Version.TryParse(current, out var right)
                ? left > right
                : string.Compare(version, current, StringComparison.OrdinalIgnoreCase) > 0));
}
