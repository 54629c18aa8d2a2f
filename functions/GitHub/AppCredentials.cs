using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Octokit;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.GitHub;

/// <summary>A GitHub App signed in as itself: with a short token of its own making, RS256.</summary>
/// <param name="app">The app.</param>
/// <param name="time">The clock.</param>
internal sealed class AppCredentials(GitHubAppSettings app, TimeProvider time) : ICredentialStore
{
    // GitHub: issued at most 60 s in the past against clock drift, ends at most 10 min ahead.
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(9);

    public Task<Credentials> GetCredentials() => Task.FromResult(new Credentials(Token(), AuthenticationType.Bearer));

    private string Token()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(app.PrivateKey);
        var now = time.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = app.AppId,
            IssuedAt = (now - Drift).UtcDateTime,
            Expires = (now + Life).UtcDateTime,
            // The key is disposed of with this call, so its signer must not be kept for later.
            SigningCredentials = new(new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256)
            {
                CryptoProviderFactory = new() { CacheSignatureProviders = false },
            },
        });
    }
}
