using System.Security.Cryptography.X509Certificates;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Writes;

namespace Orchestrator.Functions.Settings;

/// <summary>All settings of the function app, checked.</summary>
/// <param name="Topology">The stacks that this instance drives.</param>
/// <param name="GitHub">How to reach GitHub.</param>
/// <param name="StackSecrets">The client secret of each stack whose credential needs one.</param>
/// <param name="Alerts">Where each stack's alerts go; the address may hold a secret.</param>
/// <param name="PublicUrl">Where people reach this instance, for links in GitHub; null when not known.</param>
/// <param name="PlatformAuthenticates">Whether the platform's own authentication is on, so that its headers say who calls.</param>
/// <param name="TrustedRoots">Root certificates that outgoing calls trust beside the system's.</param>
public sealed record OrchestratorSettings(
    Topology Topology,
    GitHubSettings GitHub,
    IReadOnlyDictionary<StackName, string> StackSecrets,
    IReadOnlyDictionary<StackName, Uri> Alerts,
    Uri? PublicUrl,
    bool PlatformAuthenticates,
    X509Certificate2Collection TrustedRoots)
{
    /// <summary>What follows when a release is changed after its publication.</summary>
    public ReleasePolicy Releases { get; init; } = ReleasePolicy.Default;

    /// <summary>How long what has ended is kept.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Default;

    /// <summary>The settings without anything secret.</summary>
    public override string ToString() => $"{Topology.Repository}: {string.Join(", ", Topology.Stacks.Select(stack => stack.Name))}";
}

/// <summary>How to reach GitHub, and as whom.</summary>
/// <param name="ApiUrl">The API's root, with its trailing slash.</param>
/// <param name="WebhookSecret">The secret that signs webhooks.</param>
/// <param name="Token">A token to use as it is; null when an app is configured.</param>
/// <param name="App">The GitHub App to act as; null when a token is configured.</param>
public sealed record GitHubSettings(Uri ApiUrl, string WebhookSecret, string? Token, GitHubAppSettings? App)
{
    /// <summary>How much is written to GitHub at most.</summary>
    public WriteLimits Writes { get; init; } = WriteLimits.Default;

    /// <summary>The address, without anything secret.</summary>
    public override string ToString() => ApiUrl.ToString();
}

/// <summary>A GitHub App's identity.</summary>
/// <param name="AppId">The app's id or client id.</param>
/// <param name="PrivateKey">The app's RSA private key, PEM.</param>
public sealed record GitHubAppSettings(string AppId, string PrivateKey)
{
    /// <summary>The app, without its key.</summary>
    public override string ToString() => AppId;
}
