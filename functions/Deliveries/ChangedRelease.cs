using System.Text.Json;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Deliveries;

/// <summary>The part that is read here of a delivery which tells of a changed release.</summary>
/// <param name="Release">The release as it is after the change.</param>
/// <param name="Repository">Its repository.</param>
internal sealed record ChangedRelease(ChangedRelease.ReleasePart? Release, ChangedRelease.RepositoryPart? Repository)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <exception cref="JsonException">It is no such delivery.</exception>
    public static ChangedRelease? Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<ChangedRelease>(body.Span, Json);

    internal sealed record RepositoryPart(string? FullName);

    internal sealed record AssetPart(string? Name, string? State, string? Digest, DateTimeOffset UpdatedAt);

    internal sealed record ReleasePart(string? TagName, bool Draft, bool Prerelease, IReadOnlyList<AssetPart>? Assets)
    {
        private const string Scheme = "sha256:";

        /// <summary>Its manifest; null when it has none, or GitHub has not computed its digest.</summary>
        public ManifestMark? Manifest() =>
            Assets?.FirstOrDefault(asset => asset is { Name: ReleaseManifest.AssetName, State: "uploaded" }) is { Digest: { } digest } found
            && digest.StartsWith(Scheme, StringComparison.Ordinal)
            && Sha256Digest.From(digest[Scheme.Length..]) is { } sha256
                ? new(sha256, found.UpdatedAt)
                : null;
    }
}
