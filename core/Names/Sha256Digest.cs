using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>The SHA-256 of some content, as 64 hexadecimal digits without a prefix.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<Sha256Digest>))]
public sealed partial record Sha256Digest : IIdentifier<Sha256Digest>
{
    private Sha256Digest(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "64 lower-case hexadecimal digits";

    /// <inheritdoc />
    public string Value { get; }

    /// <inheritdoc />
    public static Sha256Digest? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <summary>The digest of some content.</summary>
    public static Sha256Digest Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Pattern();
}
