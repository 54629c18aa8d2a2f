using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Sandbox.Models.Answers;

/// <summary>Numbers that look like chance, and are the same at every start.</summary>
internal static class StableHash
{
    public static ulong Of(params ReadOnlySpan<string> parts) => BinaryPrimitives.ReadUInt64BigEndian(Bytes(parts));

    /// <summary>The same between 0 and 1.</summary>
    public static double Share(params ReadOnlySpan<string> parts) => Of(parts) / (double)ulong.MaxValue;

    /// <summary>The same as that many hexadecimal digits, at most 64.</summary>
    public static string Hex(int digits, params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(Bytes(parts))[..digits];

    private static byte[] Bytes(ReadOnlySpan<string> parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!)));
}
