namespace Orchestrator.Functions.GitHub;

/// <summary>The part of GitHub's release that is read here, in the shape that Octokit's serializer fills.</summary>
public sealed class ReleaseResource
{
    /// <summary>The release's page.</summary>
    public string HtmlUrl { get; set; } = string.Empty;

    /// <summary>Its assets.</summary>
    public IReadOnlyList<AssetResource> Assets { get; set; } = [];
}

/// <summary>The part of a release's asset that is read here.</summary>
public sealed class AssetResource
{
    /// <summary>The file's name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Where the API has it.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary><c>uploaded</c> or <c>open</c>.</summary>
    public string State { get; set; } = string.Empty;

    /// <summary>Size in bytes.</summary>
    public long Size { get; set; }

    /// <summary><c>sha256:…</c>, or null on old assets.</summary>
    public string? Digest { get; set; }
}
