using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Releases;

/// <summary>The manifests of releases that are being rolled out, whole: what is too long to travel with every order is looked up here. Kept by digest, as content never changes under one.</summary>
/// <param name="releases">The releases on GitHub.</param>
public sealed class ManifestLibrary(ReleaseSource releases)
{
    private readonly DigestCache<ReleaseManifest> kept = new();

    /// <summary>The manifest that a candidate's rollout began with, or why it is not to be had any more.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<(ReleaseManifest? Manifest, string? Refusal)> OfAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        if (kept.Find(candidate.Manifest) is { } manifest)
        {
            return (manifest, null);
        }

        var found = await releases.AssetAsync(candidate.Key.Repository, candidate.Key.Tag, ReleaseManifest.AssetName, cancellationToken);
        if (found.Refusal is not null)
        {
            return (null, found.Refusal);
        }

        var digest = Sha256Digest.Of(found.Bytes.Span);
        if (candidate.Manifest is { } wanted && digest != wanted)
        {
            return (null, $"expected {ReleaseManifest.AssetName} with SHA-256 {wanted}, as it was when the rollout began; found {digest}");
        }

        var parsed = ReleaseManifestParser.Parse(found.Bytes);
        return parsed.IsValid ? (kept.Keep(digest, parsed.Value), null) : (null, $"{ReleaseManifest.AssetName} is not a release manifest");
    }
}
