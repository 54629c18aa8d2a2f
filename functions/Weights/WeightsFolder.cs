using System.Text.Json;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>The folder of one set of weights in a region's storage: what is verified of it, and the marker that says that all is.</summary>
/// <param name="storage">The region's storage.</param>
/// <param name="weights">The weights.</param>
public sealed class WeightsFolder(WeightsStorage storage, OpenWeights weights)
{
    private readonly Sha256Digest digest = weights.Digest();

    /// <summary>How far the weights are.</summary>
    public async Task<FolderProgress> ProgressAsync(CancellationToken cancellationToken)
    {
        var states = await storage.ListAsync(digest, weights.Files, cancellationToken);
        return new(
            [.. weights.Files.Where(file => !states[file].IsVerified)],
            states.Sum(state => state.Value.Bytes),
            states.Sum(state => state.Key.Size));
    }

    /// <summary>Writes the marker that servers look for, if every file is verified and the index names only files that are there.</summary>
    public async Task<FolderResult> CompleteAsync(CancellationToken cancellationToken)
    {
        var progress = await ProgressAsync(cancellationToken);
        if (progress.Unverified.Count > 0)
        {
            return new FolderResult.Incomplete([.. progress.Unverified.Select(file => file.Path)]);
        }

        if (await RefuseIndexAsync(cancellationToken) is { } reason)
        {
            return new FolderResult.Refused(reason);
        }

        await storage.WriteAsync(digest, WeightsRules.MarkerPath, Marker(), cancellationToken);
        return new FolderResult.Complete();
    }

    /// <summary>Whether the marker is there, and of just these weights.</summary>
    public async Task<bool> IsCompleteAsync(CancellationToken cancellationToken) =>
        await storage.ReadAsync(digest, WeightsRules.MarkerPath, cancellationToken) is { } marker && marker.Span.SequenceEqual(Marker());

    private async Task<string?> RefuseIndexAsync(CancellationToken cancellationToken) => weights.Files.FirstOrDefault(file => file.Path == SafetensorsIndex.Path) switch
    {
        null => null,
        { Size: > SafetensorsIndex.LargestSize } file => $"{file.Path}: expected at most {SafetensorsIndex.LargestSize} bytes, found {file.Size}.",
        { } file => SafetensorsIndex.Refuse(await storage.ReadAsync(digest, file.Path, cancellationToken) ?? default, weights.Files),
    };

    // The same bytes whoever writes them: nothing of who or when.
    private byte[] Marker() => JsonSerializer.SerializeToUtf8Bytes(
        new VerifiedMarker(digest, [.. weights.Files.OrderBy(file => file.Path, StringComparer.Ordinal)]),
        JsonSerializerOptions.Web);

    private sealed record VerifiedMarker(Sha256Digest Digest, IReadOnlyList<WeightsFile> Files);
}
