namespace Orchestrator.Sandbox.GitHub;

/// <summary>What the simulated GitHub has.</summary>
public sealed record GitHubOptions
{
    /// <summary>Its port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Its repositories, as owner/name.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    /// <summary>The token that may do everything.</summary>
    public required string Token { get; init; }

    /// <summary>Whether the token may look at webhooks and their deliveries too.</summary>
    public bool TokenReachesHooks { get; init; } = true;

    /// <summary>Whether the token may write contents, releases among them.</summary>
    public bool TokenWritesContents { get; init; } = true;

    /// <summary>The primary limit: so many requests in an hour.</summary>
    public int RequestsPerHour { get; init; } = 5_000;

    /// <summary>A secondary limit: so many requests that create content in a minute.</summary>
    public int WritesPerMinute { get; init; } = 80;

    /// <summary>A secondary limit: so many requests that create content in an hour.</summary>
    public int WritesPerHour { get; init; } = 500;

    /// <summary>Its clock; the sandbox's when not set.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>An app that is installed on every repository; null for none.</summary>
    public GitHubAppOptions? App { get; init; }
}

/// <summary>A GitHub App.</summary>
/// <param name="AppId">Its id.</param>
/// <param name="InstallationId">Its installation's id.</param>
/// <param name="PublicKeyPem">Its public key, PEM.</param>
public sealed record GitHubAppOptions(string AppId, long InstallationId, string PublicKeyPem);
