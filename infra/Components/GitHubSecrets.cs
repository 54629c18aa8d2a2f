using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>What the function app needs of GitHub: from the stack's encrypted configuration into its vault, and nowhere else.</summary>
/// <param name="WebhookSecret">The secret that signs webhooks; null when it is put into the vault by hand.</param>
/// <param name="AppId">The GitHub App's id.</param>
/// <param name="PrivateKey">The GitHub App's private key; null when it is put into the vault by hand.</param>
public sealed record GitHubSecrets(Output<string>? WebhookSecret, string? AppId, Output<string>? PrivateKey);
