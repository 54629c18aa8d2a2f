using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>A region's storage of open weights: a folder for each set of weights, named by its digest, with the files at their paths.</summary>
/// <param name="container">The container, which exists.</param>
public sealed class WeightsStorage(BlobContainerClient container)
{
    /// <summary>A file of a folder.</summary>
    internal StagedBlob Open(Sha256Digest folder, WeightsFile file) => new(container.GetBlockBlobClient($"{folder}/{file.Path}"), file);

    /// <summary>How much of each of the files is there.</summary>
    internal async Task<IReadOnlyDictionary<WeightsFile, StagedState>> ListAsync(Sha256Digest folder, IReadOnlyList<WeightsFile> files, CancellationToken cancellationToken)
    {
        var blobs = new Dictionary<string, BlobItem>(StringComparer.Ordinal);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, $"{folder}/", cancellationToken))
        {
            blobs[blob.Name] = blob;
        }

        return files.Distinct().ToDictionary(file => file, file => blobs.TryGetValue($"{folder}/{file.Path}", out var blob)
            ? StagedState.Of(file, blob.Metadata, blob.Properties.ContentLength ?? 0, blob.Properties.ETag ?? default)
            : StagedState.Nothing);
    }

    /// <summary>A small blob's content, or null when there is none.</summary>
    internal async Task<ReadOnlyMemory<byte>?> ReadAsync(Sha256Digest folder, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await container.GetBlobClient($"{folder}/{path}").DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Writes a small blob, whatever was there.</summary>
    internal Task WriteAsync(Sha256Digest folder, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        container.GetBlobClient($"{folder}/{path}").UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken);
}
