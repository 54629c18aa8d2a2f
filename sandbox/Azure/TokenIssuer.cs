using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Orchestrator.Sandbox.Azure;

/// <summary>Issues and checks the tokens of one cloud. Each cloud has a key of its own, so a token of one is nothing in another.</summary>
internal sealed class TokenIssuer(Uri authority, Guid tenant, string audience, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    // Callers come with the same token a thousand times.
    private readonly ConcurrentDictionary<string, (DateTime Until, string[] Audiences)> good = new(StringComparer.Ordinal);

    public static int LifeSeconds => (int)Life.TotalSeconds;

    public string Issue(string forAudience, string client) => Issue(forAudience, client, time.GetUtcNow(), Life);

    /// <summary>A token that is good from now on for so long.</summary>
    public string Issue(string forAudience, string client, DateTimeOffset now, TimeSpan life)
    {
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = forAudience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + life).UtcDateTime,
            Claims = new Dictionary<string, object> { ["tid"] = tenant.ToString(), ["appid"] = client },
            SigningCredentials = new(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>ARM's error code for the token, or null when it is good for ARM.</summary>
    public Task<(string Code, string Message)?> RefuseAsync(string? header) => RefuseAsync(header, [audience]);

    /// <summary>The error code for the token, or null when it is good and made out to one of those audiences.</summary>
    public async Task<(string Code, string Message)?> RefuseAsync(string? header, IReadOnlyList<string> audiences)
    {
        if (header is null || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return ("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }

        var text = header["Bearer ".Length..];
        if (good.TryGetValue(text, out var known) && known.Until > time.GetUtcNow().UtcDateTime && IsFor(known.Audiences, audiences))
        {
            return null;
        }

        if (!handler.CanReadToken(text))
        {
            return ("InvalidAuthenticationToken", "The access token is invalid.");
        }

        var token = handler.ReadJsonWebToken(text);
        if (!IsFor(token.Audiences, audiences))
        {
            return ("InvalidAuthenticationTokenAudience", $"The access token has been obtained for wrong audience or resource '{string.Join(", ", token.Audiences)}'. It should exactly match with one of the allowed audiences '{string.Join("', '", audiences)}'.");
        }

        if (token.Issuer != Issuer)
        {
            return ("InvalidAuthenticationTokenTenant", $"The access token is from the wrong issuer '{token.Issuer}'. It must match the tenant '{Issuer}' associated with this subscription.");
        }

        var result = await handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidateAudience = false,
            IssuerSigningKey = new ECDsaSecurityKey(key),
            ClockSkew = TimeSpan.Zero,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        if (!result.IsValid)
        {
            return result.Exception is SecurityTokenInvalidLifetimeException
                ? ("ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time.")
                : ("InvalidAuthenticationToken", "The access token is invalid.");
        }

        good[text] = (token.ValidTo, [.. token.Audiences]);
        return null;
    }

    public void Dispose() => key.Dispose();

    private static bool IsFor(IEnumerable<string> its, IReadOnlyList<string> allowed) => its.Any(one => allowed.Any(other => one.TrimEnd('/') == other.TrimEnd('/')));

    private string Issuer => new Uri(authority, $"{tenant}/v2.0").ToString();
}
