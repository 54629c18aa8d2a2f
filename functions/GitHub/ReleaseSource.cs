using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.GitHub;

/// <summary>Releases and their manifests as GitHub has them.</summary>
/// <param name="gitHub">The way to GitHub.</param>
public sealed class ReleaseSource(GitHubConnection gitHub)
{
    /// <summary>The published release of <paramref name="tag"/> with its manifest's bytes, or why it cannot be rolled out.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<FoundRelease> FindAsync(RepositoryName repository, ReleaseTag tag, CancellationToken cancellationToken)
    {
        if (await ReleaseAsync(gitHub.Octokit, repository, tag) is not { } release)
        {
            return FoundRelease.Refused(null, $"expected a published release {tag} in {repository}, found none");
        }

        return await ReadAsync(repository, tag, release, await CommitAsync(gitHub.Octokit, repository, $"tags/{tag}"), cancellationToken);
    }

    /// <summary>The same, of a release that may be a draft yet: its tag may not be there, and then the commit is what it will name.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<FoundRelease> FindWithDraftsAsync(RepositoryName repository, ReleaseTag tag, CancellationToken cancellationToken)
    {
        if (await ReleaseAsync(gitHub.Octokit, repository, tag) is { } published)
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

        var assets = release.Assets.Where(asset => asset.Name == ReleaseManifest.AssetName && asset.State == "uploaded").ToArray();
        if (assets is not [var manifest])
        {
            return FoundRelease.Refused(commit, $"expected one asset {ReleaseManifest.AssetName} on release {tag}, found {assets.Length}");
        }

        if (manifest.Size > ReleaseManifest.LargestSize)
        {
            return FoundRelease.Refused(commit, $"expected {ReleaseManifest.AssetName} of at most {ReleaseManifest.LargestSize} bytes, found {manifest.Size}");
        }

        var bytes = await DownloadAsync(new(manifest.Url), cancellationToken);
        return manifest.Digest is { } digest && digest != Sha256(bytes)
            ? FoundRelease.Refused(commit, $"expected {ReleaseManifest.AssetName} with {digest}, as GitHub says; found {Sha256(bytes)}")
            : new(commit, new(release.HtmlUrl), bytes, null) { PublishedBy = release.Author?.Login, IsDraft = release.Draft, IsPrerelease = release.Prerelease, ManifestUpdatedAt = manifest.UpdatedAt };
    }

    private static async Task<ReleaseResource?> ReleaseAsync(IGitHubClient client, RepositoryName repository, ReleaseTag tag)
    {
        try
        {
            // Octokit 14's own Release knows no asset digests.
            var uri = new Uri($"repos/{repository}/releases/tags/{Uri.EscapeDataString(tag.Value)}", UriKind.Relative);
            return (await client.Connection.Get<ReleaseResource>(uri, null)).Body;
        }
        catch (NotFoundException)
        {
            return null;
        }
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

    private async Task<byte[]> DownloadAsync(Uri asset, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, asset);
        request.Headers.Accept.Add(new("application/octet-stream"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("dual-stack-orchestrator", "1"));
        request.Headers.Authorization = new("Bearer", await gitHub.TokenAsync());
        using var response = await gitHub.Downloads.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect) || response.Headers.Location is not { } location)
        {
            return await ReadAsync(response, cancellationToken);
        }

        // Our token is for GitHub's API, not for the host that stores the asset.
        using var redirected = await gitHub.Downloads.GetAsync(new Uri(asset, location), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await ReadAsync(redirected, cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[ReleaseManifest.LargestSize + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return bytes[..length];
    }

    private static string Sha256(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
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

    internal static FoundRelease Refused(CommitSha? commit, string reason) => new(commit, null, default, reason);
}
