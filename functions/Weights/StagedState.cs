using Azure;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>How much of a file is in the region's storage.</summary>
/// <param name="IsVerified">Whether it is whole and its digest was found to be the manifest's.</param>
/// <param name="Bytes">How many bytes of it are there.</param>
/// <param name="Version">The blob's version; null when there is no blob.</param>
internal sealed record StagedState(bool IsVerified, long Bytes, ETag? Version)
{
    private const string State = "state";
    private const string Digest = "sha256";
    private const string Partial = "partial";
    private const string Verified = "verified";

    public static StagedState Nothing { get; } = new(false, 0, null);

    /// <summary>What a blob's metadata say of it.</summary>
    public static StagedState Of(WeightsFile file, IDictionary<string, string> metadata, long size, ETag version)
    {
        var isSame = metadata.TryGetValue(Digest, out var digest) && digest == file.Sha256.Value;
        return (isSame && metadata.TryGetValue(State, out var state) ? state : null) switch
        {
            Verified when size == file.Size => new(true, size, version),
            Partial when size <= file.Size => new(false, size, version),
            _ => new(false, 0, version),
        };
    }

    /// <summary>What the blob's metadata are to say.</summary>
    public static Dictionary<string, string> Metadata(WeightsFile file, bool isVerified) => new()
    {
        [State] = isVerified ? Verified : Partial,
        [Digest] = file.Sha256.Value,
    };
}
