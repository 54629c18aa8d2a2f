namespace Orchestrator.Functions.Azure;

/// <summary>
/// The tags that a promotion leaves on a region's app. What runs is recorded where it runs: health can be told after the loss
/// of everything else.
/// </summary>
public static class AppTags
{
    /// <summary>The tag of the release that was promoted.</summary>
    public const string Release = "orchestrator-release";

    /// <summary>The version that the promoted workload must report.</summary>
    public const string Version = "orchestrator-version";

    /// <summary>The revision that was promoted.</summary>
    public const string Revision = "orchestrator-revision";

    /// <summary>The verdict it was promoted with.</summary>
    public const string Verdict = "orchestrator-verdict";

    /// <summary>When, in ISO 8601, UTC.</summary>
    public const string Since = "orchestrator-since";
}
