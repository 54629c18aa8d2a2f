using Orchestrator.Core.Names;

namespace Orchestrator.Core.Releases;

/// <summary>A release whose manifest has been read and found good.</summary>
/// <param name="Key">Which attempt at which release.</param>
/// <param name="Commit">The commit that the tag named when the manifest was read. A tag can move; a commit cannot.</param>
/// <param name="Page">The release's page on GitHub.</param>
/// <param name="Manifest">What each stack gets.</param>
/// <param name="ManifestDigest">The digest of the manifest's bytes.</param>
/// <param name="PublishedBy">The GitHub login of who published it; null when GitHub does not say.</param>
public sealed record Release(ReleaseKey Key, CommitSha Commit, Uri Page, ReleaseManifest Manifest, Sha256Digest ManifestDigest, string? PublishedBy);
