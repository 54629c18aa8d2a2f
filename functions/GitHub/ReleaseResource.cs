namespace Orchestrator.Functions.GitHub;

/// <summary>The part of GitHub's release that is read here, in the shape that Octokit's serializer fills.</summary>
public sealed class ReleaseResource
{
    /// <summary>Its id.</summary>
    public long Id { get; set; }

    /// <summary>What is said of it, in Markdown; null for nothing.</summary>
    public string? Body { get; set; }

    /// <summary>The release's page.</summary>
    public string HtmlUrl { get; set; } = string.Empty;

    /// <summary>Where its assets are uploaded to: a template that ends in <c>{?name,label}</c>.</summary>
    public string UploadUrl { get; set; } = string.Empty;

    /// <summary>The tag.</summary>
    public string TagName { get; set; } = string.Empty;

    /// <summary>The branch or commit that a draft's tag will name.</summary>
    public string TargetCommitish { get; set; } = string.Empty;

    /// <summary>Whether it has yet to be published.</summary>
    public bool Draft { get; set; }

    /// <summary>Whether it is a prerelease.</summary>
    public bool Prerelease { get; set; }

    /// <summary>Who made it; null when their account is gone.</summary>
    public AuthorResource? Author { get; set; }

    /// <summary>Its assets.</summary>
    public IReadOnlyList<AssetResource> Assets { get; set; } = [];
}

/// <summary>The part of an account that is read here.</summary>
public sealed class AuthorResource
{
    /// <summary>The login.</summary>
    public string Login { get; set; } = string.Empty;
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

    /// <summary>When its content last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Size in bytes.</summary>
    public long Size { get; set; }

    /// <summary><c>sha256:…</c>, or null on old assets.</summary>
    public string? Digest { get; set; }
}
