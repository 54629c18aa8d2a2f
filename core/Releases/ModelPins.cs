using System.Text.Json.Serialization;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Releases;

/// <summary>The models that a stack gets from a release, by identity alone: lists of files stay in the manifest.</summary>
/// <param name="Closed">Closed models.</param>
/// <param name="Open">Open weights.</param>
/// <param name="Suite">What they are verified with; null for the default suite.</param>
public sealed record ModelPins(
    IReadOnlyList<ClosedModel> Closed,
    IReadOnlyList<WeightsPin> Open,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SuiteReference? Suite = null)
{
    /// <summary>The pins of one stack of a release; null when it has no models.</summary>
    public static ModelPins? Of(ReleaseManifest release, StackManifest stack) =>
        stack.ClosedModels.Count + stack.OpenWeights.Count == 0
            ? null
            : new(
                stack.ClosedModels,
                [.. stack.OpenWeights.Select(weights => new WeightsPin(weights.Name, weights.Repository, weights.Revision, weights.Digest(), weights.Size(), weights.License, weights.Server))],
                release.Suite);
}

/// <summary>Open weights by what identifies them.</summary>
/// <param name="Name">The name that requests carry.</param>
/// <param name="Repository">The hub's repository as owner/name.</param>
/// <param name="Revision">The full commit of the hub's repository.</param>
/// <param name="Digest">The digest of the list of files.</param>
/// <param name="Size">All files together, in bytes.</param>
/// <param name="License">The licence's SPDX id.</param>
/// <param name="Server">What serves them; null for what the stack's own server runs.</param>
public sealed record WeightsPin(
    string Name,
    string Repository,
    CommitSha Revision,
    Sha256Digest Digest,
    long Size,
    string License,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] WeightsServer? Server = null);
