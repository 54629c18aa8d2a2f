using System.Text.Json.Serialization;

namespace Orchestrator.Core.Topologies;

/// <summary>How to sign in to a stack's cloud. Secrets are named here, never held.</summary>
/// <param name="Kind">Which credential to build.</param>
/// <param name="ClientId">The application or user-assigned identity; needed for <see cref="CredentialKind.ClientSecret"/>.</param>
/// <param name="SecretSetting">The name of the app setting that holds the client secret; never the secret.</param>
public sealed record CredentialDefinition(CredentialKind Kind, Guid? ClientId = null, string? SecretSetting = null);

/// <summary>The credentials of Azure.Identity that a stack can use.</summary>
[JsonConverter(typeof(WordJsonConverter<CredentialKind>))]
public enum CredentialKind
{
    /// <summary><c>DefaultAzureCredential</c> against the stack's own authority: managed identity in Azure, the developer's sign-in elsewhere.</summary>
    Default,

    /// <summary>A managed identity, and nothing else. Works only inside the stack's own cloud.</summary>
    ManagedIdentity,

    /// <summary>An application with a client secret, for hosts outside the stack's cloud.</summary>
    ClientSecret,
}
