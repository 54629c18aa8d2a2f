using System.Text.Json.Nodes;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Azure;

/// <summary>What ARM says of a container app.</summary>
/// <param name="ProvisioningState">The app's own state. <c>Succeeded</c> says nothing about its revisions.</param>
/// <param name="RevisionsMode"><c>Multiple</c> is needed for traffic by weight.</param>
/// <param name="Traffic">Who has which share.</param>
/// <param name="LatestRevision">The revision made last.</param>
/// <param name="LatestReadyRevision">The last revision that got ready.</param>
/// <param name="Fqdn">The app's own address without a scheme; null without ingress.</param>
/// <param name="Tags">The resource's tags.</param>
/// <param name="Template">The template that the next revision starts from.</param>
public sealed record ContainerAppState(
    string ProvisioningState,
    string RevisionsMode,
    IReadOnlyList<TrafficShare> Traffic,
    string? LatestRevision,
    string? LatestReadyRevision,
    string? Fqdn,
    IReadOnlyDictionary<string, string> Tags,
    JsonObject Template)
{
    /// <summary>Whether ARM is still working on the app; a change now would be a conflict.</summary>
    public bool IsBusy => ProvisioningState is not ("Succeeded" or "Failed" or "Canceled");

    /// <summary>The tag of that name; null when it is missing or empty.</summary>
    public string? Tag(string name) => Tags.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The share of <paramref name="revision"/>, percent.</summary>
    public int WeightOf(string revision) =>
        Traffic.Where(share => RevisionOf(share) == revision).Sum(share => share.Weight);

    /// <summary>The revision that has the most traffic apart from <paramref name="other"/>; null when there is none.</summary>
    public string? Serving(string? other = null) => Traffic
        .Where(share => share.Weight > 0)
        .Select(share => (Revision: RevisionOf(share), share.Weight))
        .Where(share => share.Revision is not null && share.Revision != other)
        .OrderByDescending(share => share.Weight)
        .Select(share => share.Revision)
        .FirstOrDefault();

    /// <summary>Whether every share names its revision, so that a new revision gets nothing by itself.</summary>
    public bool IsPinned => Traffic.Count > 0 && Traffic.All(share => share.Weight == 0 || share.Revision is not null);

    private string? RevisionOf(TrafficShare share) => share.Revision ?? (share.IsLatest ? LatestReadyRevision ?? LatestRevision : null);
}

/// <summary>One entry of an app's traffic.</summary>
/// <param name="Revision">The revision's name; null when the entry follows the latest one.</param>
/// <param name="IsLatest">Whether the entry follows the latest revision.</param>
/// <param name="Weight">Percent.</param>
/// <param name="Label">A name that gives the revision an address of its own.</param>
public sealed record TrafficShare(string? Revision, bool IsLatest, int Weight, string? Label = null);

/// <summary>What ARM says of a revision.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsActive">Whether it runs.</param>
/// <param name="ProvisioningState"><c>Provisioning</c>, <c>Provisioned</c>, <c>Failed</c>, …</param>
/// <param name="HealthState"><c>Healthy</c>, <c>Unhealthy</c> or <c>None</c>.</param>
/// <param name="RunningState"><c>Running</c>, <c>Processing</c>, <c>Failed</c>, …</param>
/// <param name="Replicas">How many replicas run.</param>
/// <param name="Fqdn">The revision's own address without a scheme.</param>
/// <param name="Image">The image of its first container.</param>
/// <param name="Error">Why provisioning failed.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record RevisionState(
    string Name,
    bool IsActive,
    string ProvisioningState,
    string HealthState,
    string RunningState,
    int Replicas,
    string? Fqdn,
    string? Image,
    string? Error,
    DateTimeOffset? CreatedAt)
{
    /// <summary>The models that it asks.</summary>
    public IReadOnlyList<ModelEntry> Models { get; init; } = [];
}
