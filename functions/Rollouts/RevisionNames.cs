namespace Orchestrator.Functions.Rollouts;

/// <summary>Names of revisions, as Container Apps composes them.</summary>
internal static class RevisionNames
{
    /// <summary>The name that the candidate's revision has in the order's region, whether it exists or not.</summary>
    public static string Of(RegionOrder order) => $"{order.Target.Region.App}--{order.Candidate.RevisionSuffix()}";
}
