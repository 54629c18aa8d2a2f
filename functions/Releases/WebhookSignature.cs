using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Functions.Releases;

/// <summary>GitHub's signature over a delivery's raw body.</summary>
public static class WebhookSignature
{
    private const string Scheme = "sha256=";

    /// <summary>Whether <paramref name="header"/> is the HMAC-SHA256 of <paramref name="body"/> under <paramref name="secret"/>; compared in constant time.</summary>
    public static bool IsValid(string secret, ReadOnlySpan<byte> body, string? header)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (header is null
            || !header.StartsWith(Scheme, StringComparison.Ordinal)
            || header.Length != Scheme.Length + (2 * claimed.Length)
            || Convert.FromHexString(header.AsSpan(Scheme.Length), claimed, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, actual);
        return CryptographicOperations.FixedTimeEquals(actual, claimed);
    }
}
