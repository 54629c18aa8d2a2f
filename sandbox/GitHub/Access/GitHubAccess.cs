using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Orchestrator.Sandbox.GitHub.Access;

/// <summary>Who may do what: the token, the app itself, the app's installation.</summary>
internal sealed class GitHubAccess(GitHubState state)
{
    private static readonly TimeSpan LongestAppToken = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan InstallationTokenLife = TimeSpan.FromHours(1);

    /// <summary>Lets the request in, or throws what GitHub would answer.</summary>
    public async Task CheckAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var credentials = Credentials(context.Request);
        var asApp = path.StartsWith("/app", StringComparison.Ordinal) || path.EndsWith("/installation", StringComparison.Ordinal);
        if (asApp ? !await IsAppAsync(credentials) : !IsToken(credentials))
        {
            throw new GitHubException(401, asApp && credentials is not null ? "A JSON web token could not be decoded" : "Bad credentials");
        }

        if (!state.Options.TokenWritesContents && !HttpMethods.IsGet(context.Request.Method) && path.Split('/') is ["", "repos", _, _, "releases", ..])
        {
            throw new GitHubException(403, "Resource not accessible by personal access token");
        }

        if (path.Split('/') is ["", "repos", _, _, "hooks", ..])
        {
            CheckHooks(credentials!);
        }
    }

    public JsonObject Installation(string? repository) => state.Options.App is { } app && (repository is null || state.Find(repository) is not null)
        ? new()
        {
            ["id"] = app.InstallationId,
            ["app_id"] = long.TryParse(app.AppId, out var number) ? number : 1,
            ["target_type"] = "Organization",
            ["permissions"] = new JsonObject { ["deployments"] = "write", ["contents"] = "read" },
            ["events"] = new JsonArray("release"),
            ["repository_selection"] = "all",
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
        }
        : throw GitHubException.NotFound();

    public JsonObject IssueToken(long installation)
    {
        if (state.Options.App?.InstallationId != installation)
        {
            throw GitHubException.NotFound();
        }

        // Long on purpose: since April 2026 tokens are longer than the forty characters that many have counted on.
        var token = $"ghs_{state.Options.App.AppId}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(48))}";
        var end = state.Now + InstallationTokenLife;
        state.InstallationTokens[token] = end;
        return new() { ["token"] = token, ["expires_at"] = end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) };
    }

    // The app's installation has no right to webhooks; of a token that has none GitHub keeps secret that there are any.
    private void CheckHooks(string credentials)
    {
        if (credentials != state.Options.Token)
        {
            throw new GitHubException(403, "Resource not accessible by integration");
        }

        if (!state.Options.TokenReachesHooks)
        {
            throw GitHubException.NotFound();
        }
    }

    private static string? Credentials(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && header[..space].ToUpperInvariant() is "TOKEN" or "BEARER" ? header[(space + 1)..] : null;
    }

    private bool IsToken(string? credentials)
    {
        lock (state.Turn)
        {
            return credentials is not null
                && (credentials == state.Options.Token || (state.InstallationTokens.TryGetValue(credentials, out var end) && end > state.Now));
        }
    }

    private async Task<bool> IsAppAsync(string? credentials)
    {
        if (credentials is null || state.Options.App is not { } app)
        {
            return false;
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(app.PublicKeyPem);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(credentials, new TokenValidationParameters
        {
            ValidIssuer = app.AppId,
            ValidateAudience = false,
            IssuerSigningKey = new RsaSecurityKey(rsa) { CryptoProviderFactory = new() { CacheSignatureProviders = false } },
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            LifetimeValidator = (_, expires, _, _) => expires > state.Now.UtcDateTime && expires <= (state.Now + LongestAppToken).UtcDateTime,
        });
        return result.IsValid;
    }
}
