using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Infra.Components;

/// <summary>GUIDs that derive from what they stand for: the same program gives the same role assignments, run after run.</summary>
internal static class DeterministicGuid
{
    // RFC 9562, version 8: vendor-specific, here of SHA-256.
    private const int Version = 0x80;
    private const int Variant = 0x80;

    public static string Of(params string[] parts)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | Version);
        bytes[8] = (byte)((bytes[8] & 0x3F) | Variant);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
