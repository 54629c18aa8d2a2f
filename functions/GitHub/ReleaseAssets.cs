using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Octokit;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.GitHub;

/// <summary>The files on GitHub's releases.</summary>
/// <param name="gitHub">The way to GitHub.</param>
public sealed class ReleaseAssets(GitHubConnection gitHub)
{
    private const string Json = "application/json";

    /// <summary>The published release of a tag with its list of assets; null when there is none.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<ReleaseResource?> ReleaseAsync(RepositoryName repository, ReleaseTag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        try
        {
            // Octokit 14's own Release knows no asset digests.
            var uri = new Uri($"repos/{repository}/releases/tags/{Uri.EscapeDataString(tag.Value)}", UriKind.Relative);
            return (await gitHub.Octokit.Connection.Get<ReleaseResource>(uri, null)).Body;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    /// <summary>The content of an asset, at most one byte more than <paramref name="largest"/>.</summary>
    /// <exception cref="HttpRequestException">It could not be fetched, or not now.</exception>
    public async Task<byte[]> ReadAsync(AssetResource asset, int largest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asset);
        var address = new Uri(asset.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new("application/octet-stream"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("dual-stack-orchestrator", "1"));
        request.Headers.Authorization = new("Bearer", await gitHub.TokenAsync());
        using var response = await gitHub.Downloads.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect) || response.Headers.Location is not { } location)
        {
            return await ReadAsync(response, largest, cancellationToken);
        }

        // Our token is for GitHub's API, not for the host that stores the asset.
        using var redirected = await gitHub.Downloads.GetAsync(new Uri(address, location), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await ReadAsync(redirected, largest, cancellationToken);
    }

    /// <summary>Takes an asset away; that it is gone already is no failure.</summary>
    /// <exception cref="ApiException">GitHub refuses it, or not now.</exception>
    public async Task DeleteAsync(AssetResource asset)
    {
        ArgumentNullException.ThrowIfNull(asset);
        try
        {
            // Octokit's own ids of assets have 32 bits, GitHub's have more.
            await gitHub.Octokit.Connection.Delete(new Uri(asset.Url));
        }
        catch (NotFoundException)
        {
            // An earlier try has done it.
        }
    }

    /// <summary>Adds a JSON file. Source: REST API, upload a release asset: to the release's upload_url, with the name in the query.</summary>
    /// <exception cref="ApiException">GitHub refuses it, e.g. because there is one of that name (422), or not now.</exception>
    public async Task UploadAsync(ReleaseResource release, string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(release);
        var template = release.UploadUrl.IndexOf('{', StringComparison.Ordinal);
        var address = new Uri($"{(template < 0 ? release.UploadUrl : release.UploadUrl[..template])}?name={Uri.EscapeDataString(name)}");
        using var body = new MemoryStream(content, writable: false);
        await gitHub.Octokit.Connection.Post<AssetResource>(address, body, Json, Json);
    }

    /// <summary>The digest of a content as GitHub states it, <c>sha256:…</c>.</summary>
    public static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, int largest, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[largest + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return bytes[..length];
    }
}
