using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Names;

/// <summary>A container image pinned by digest: <c>registry/repository@sha256:…</c>. Tags move, so a tag is not enough.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<ImageReference>))]
public sealed partial record ImageReference : IIdentifier<ImageReference>
{
    private ImageReference(string value) => Value = value;

    /// <inheritdoc />
    public static string Rule => "an image by digest, registry/repository@sha256:<64 hexadecimal digits>";

    /// <inheritdoc />
    public string Value { get; }

    /// <summary>The registry's host, e.g. <c>contoso.azurecr.cn</c>.</summary>
    [JsonIgnore]
    public string Registry => Value[..Value.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The digest of the image's manifest.</summary>
    [JsonIgnore]
    public Sha256Digest Digest => Identifier.Parse<Sha256Digest>(Value[^64..]);

    /// <inheritdoc />
    public static ImageReference? From(string text) => Pattern().IsMatch(text) ? new(text) : null;

    /// <inheritdoc />
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+@sha256:[0-9a-f]{64}\z")]
    private static partial Regex Pattern();
}
