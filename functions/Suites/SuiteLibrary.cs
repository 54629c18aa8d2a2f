using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.Releases;

namespace Orchestrator.Functions.Suites;

/// <summary>The suites that releases bring along, and the one that ships. Kept by digest, as content never changes under one.</summary>
/// <param name="releases">The releases on GitHub.</param>
public sealed class SuiteLibrary(ReleaseSource releases)
{
    private readonly DigestCache<Suite> kept = new();

    /// <summary>The suite that a release is verified with, or why it is not to be had.</summary>
    /// <param name="key">The release.</param>
    /// <param name="reference">What its manifest names; null for the suite that ships.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked, or not now.</exception>
    public Task<(Suite? Suite, string? Refusal)> OfAsync(ReleaseKey key, SuiteReference? reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return ReadAsync(reference, asset => releases.AssetAsync(key.Repository, key.Tag, asset, cancellationToken));
    }

    /// <summary>The same of a release that was found, which may be a draft yet.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="found">The release.</param>
    /// <param name="reference">What its manifest names; null for the suite that ships.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked, or not now.</exception>
    public Task<(Suite? Suite, string? Refusal)> OfAsync(ReleaseTag tag, FoundRelease found, SuiteReference? reference, CancellationToken cancellationToken) =>
        ReadAsync(reference, asset => releases.AssetAsync(tag, found, asset, cancellationToken));

    private async Task<(Suite? Suite, string? Refusal)> ReadAsync(SuiteReference? reference, Func<string, Task<FoundAsset>> findAsync)
    {
        if (reference is null)
        {
            return (DefaultSuite.Suite, null);
        }

        if (kept.Find(reference.Digest) is { } suite)
        {
            return (suite, null);
        }

        var found = await findAsync(reference.Asset);
        if (found.Refusal is not null)
        {
            return (null, found.Refusal);
        }

        if (Sha256Digest.Of(found.Bytes.Span) is var digest && digest != reference.Digest)
        {
            return (null, $"expected {reference.Asset} with SHA-256 {reference.Digest}, as {ReleaseManifest.AssetName} says; found {digest}");
        }

        var parsed = SuiteParser.Parse(found.Bytes);
        return parsed.IsValid ? (kept.Keep(digest, parsed.Value), null) : (null, $"{reference.Asset} is not a suite: {string.Join("; ", parsed.Problems)}");
    }
}
