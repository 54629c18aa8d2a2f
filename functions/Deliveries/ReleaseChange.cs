using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Deliveries;

/// <summary>A change of a release that policy has something to say about.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Tag">The release's tag.</param>
/// <param name="Kind">What has changed.</param>
/// <param name="Manifest">Its manifest after the change; null when that is not known.</param>
public sealed record ReleaseChange(RepositoryName Repository, ReleaseTag Tag, ReleaseChangeKind Kind, ManifestMark? Manifest);

/// <summary>What has changed about a release.</summary>
public enum ReleaseChangeKind
{
    /// <summary>Its page or its assets.</summary>
    Edited,

    /// <summary>It has been deleted, or made a draft again.</summary>
    TakenBack,
}

/// <summary>Tells one content of a release's manifest from another, and the later from the earlier.</summary>
/// <param name="Digest">The content.</param>
/// <param name="UpdatedAt">When GitHub has had it, in whole seconds.</param>
public sealed record ManifestMark(Sha256Digest Digest, DateTimeOffset UpdatedAt)
{
    /// <summary>The mark of some content.</summary>
    public static ManifestMark Of(ReadOnlySpan<byte> content, DateTimeOffset updatedAt) => new(Sha256Digest.Of(content), updatedAt);
}
