using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.GitHub;

/// <summary>Releases and their manifests as GitHub has them.</summary>
/// <param name="gitHub">The way to GitHub.</param>
public sealed class ReleaseSource(GitHubConnection gitHub)
{
    private readonly ReleaseAssets assets = new(gitHub);

    /// <summary>The published release of <paramref name="tag"/> with its manifest's bytes, or why it cannot be rolled out.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<FoundRelease> FindAsync(RepositoryName repository, ReleaseTag tag, CancellationToken cancellationToken)
    {
        if (await assets.ReleaseAsync(repository, tag) is not { } release)
        {
            return FoundRelease.Refused(null, $"expected a published release {tag} in {repository}, found none");
        }

        return await ReadAsync(repository, tag, release, await CommitAsync(gitHub.Octokit, repository, $"tags/{tag}"), cancellationToken);
    }

    /// <summary>The bytes of one of a published release's assets, or why there are none.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<FoundAsset> AssetAsync(RepositoryName repository, ReleaseTag tag, string name, CancellationToken cancellationToken)
    {
        var release = await assets.ReleaseAsync(repository, tag);
        return await AssetAsync(tag, release?.Assets ?? [], name, cancellationToken);
    }

    /// <summary>The same of a release that was found, which may be a draft yet.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public Task<FoundAsset> AssetAsync(ReleaseTag tag, FoundRelease found, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        return AssetAsync(tag, found.Assets, name, cancellationToken);
    }

    private async Task<FoundAsset> AssetAsync(ReleaseTag tag, IReadOnlyList<AssetResource> all, string name, CancellationToken cancellationToken)
    {
        var named = all.Where(asset => asset.Name == name && asset.State == "uploaded").ToArray();
        return named is not [var asset] ? new(default, $"expected one asset {name} on release {tag}, found {named.Length}")
            : asset.Size > ReleaseManifest.LargestSize ? new(default, $"expected {name} of at most {ReleaseManifest.LargestSize} bytes, found {asset.Size}")
            : new(await assets.ReadAsync(asset, ReleaseManifest.LargestSize, cancellationToken), null);
    }

    /// <summary>The same, of a release that may be a draft yet: its tag may not be there, and then the commit is what it will name.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<FoundRelease> FindWithDraftsAsync(RepositoryName repository, ReleaseTag tag, CancellationToken cancellationToken)
    {
        if (await assets.ReleaseAsync(repository, tag) is { } published)
        {
            return await ReadAsync(repository, tag, published, await CommitAsync(gitHub.Octokit, repository, $"tags/{tag}"), cancellationToken);
        }

        // Drafts are only in the list, and only for who may write.
        var uri = new Uri($"repos/{repository}/releases", UriKind.Relative);
        var listed = await gitHub.Octokit.Connection.Get<List<ReleaseResource>>(uri, new Dictionary<string, string> { ["per_page"] = "100" });
        return listed.Body.FirstOrDefault(release => release.Draft && release.TagName == tag.Value) is { } draft
            ? await ReadAsync(repository, tag, draft, await CommitAsync(gitHub.Octokit, repository, $"tags/{tag}") ?? await CommitAsync(gitHub.Octokit, repository, draft.TargetCommitish), cancellationToken)
            : FoundRelease.Refused(null, $"expected a release or a draft {tag} in {repository}, found none");
    }

    private async Task<FoundRelease> ReadAsync(RepositoryName repository, ReleaseTag tag, ReleaseResource release, CommitSha? commit, CancellationToken cancellationToken)
    {
        if (commit is null)
        {
            return FoundRelease.Refused(null, $"expected {tag} in {repository} to name a commit, found none");
        }

        var manifests = release.Assets.Where(asset => asset.Name == ReleaseManifest.AssetName && asset.State == "uploaded").ToArray();
        if (manifests is not [var manifest])
        {
            return FoundRelease.Refused(commit, $"expected one asset {ReleaseManifest.AssetName} on release {tag}, found {manifests.Length}");
        }

        if (manifest.Size > ReleaseManifest.LargestSize)
        {
            return FoundRelease.Refused(commit, $"expected {ReleaseManifest.AssetName} of at most {ReleaseManifest.LargestSize} bytes, found {manifest.Size}");
        }

        var bytes = await assets.ReadAsync(manifest, ReleaseManifest.LargestSize, cancellationToken);
        return manifest.Digest is { } digest && digest != ReleaseAssets.DigestOf(bytes)
            ? FoundRelease.Refused(commit, $"expected {ReleaseManifest.AssetName} with {digest}, as GitHub says; found {ReleaseAssets.DigestOf(bytes)}")
            : new(commit, new(release.HtmlUrl), bytes, null) { PublishedBy = release.Author?.Login, IsDraft = release.Draft, IsPrerelease = release.Prerelease, ManifestUpdatedAt = manifest.UpdatedAt, Assets = release.Assets };
    }

    private static async Task<CommitSha?> CommitAsync(IGitHubClient client, RepositoryName repository, string reference)
    {
        try
        {
            // A tag is asked for as "tags/…", so that a branch of the same name is not taken for it.
            var commit = await client.Repository.Commit.Get(repository.Owner, repository.Name, reference);
            return CommitSha.From(commit.Sha);
        }
        catch (Exception none) when (none is NotFoundException or ApiValidationException)
        {
            return null;
        }
    }
}

/// <summary>A release as it was found on GitHub.</summary>
/// <param name="Commit">The commit that its tag names; null when not even that is known.</param>
/// <param name="Page">Its page.</param>
/// <param name="Manifest">The bytes of its manifest.</param>
/// <param name="Refusal">Why it cannot be rolled out; null when it can.</param>
public sealed record FoundRelease(CommitSha? Commit, Uri? Page, ReadOnlyMemory<byte> Manifest, string? Refusal)
{
    /// <summary>The login of who made it; null when GitHub does not say.</summary>
    public string? PublishedBy { get; init; }

    /// <summary>Whether it has yet to be published.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Whether it is a prerelease.</summary>
    public bool IsPrerelease { get; init; }

    /// <summary>When GitHub has had the manifest, in whole seconds.</summary>
    public DateTimeOffset ManifestUpdatedAt { get; init; }

    /// <summary>What is attached to it.</summary>
    internal IReadOnlyList<AssetResource> Assets { get; init; } = [];

    internal static FoundRelease Refused(CommitSha? commit, string reason) => new(commit, null, default, reason);
}

/// <summary>An asset as it was found on GitHub.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Refusal">Why there are none; null when there are.</param>
public sealed record FoundAsset(ReadOnlyMemory<byte> Bytes, string? Refusal);
