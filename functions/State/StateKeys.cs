using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.State;

/// <summary>Keys that every store takes, of names that it might not.</summary>
internal static class StateKeys
{
    /// <summary>A tag's key: a tag may hold slashes, a key may not.</summary>
    public static string Of(ReleaseTag tag) => Of(tag.Value);

    /// <summary>The key of a text that a key might not take as it is.</summary>
    public static string Of(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>A key that names of any length are in: as it is, or where no store would take that its beginning, <c>=</c> and the SHA-256 of all of it.</summary>
    public static string Fitting(string key) => key.Length <= StateLimits.LongestKey
        ? key
        : $"{key[..(StateLimits.LongestKey - 1 - (2 * SHA256.HashSizeInBytes))]}={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
