using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>
/// A file of weights in the region's storage. Whoever changes it says which version it has seen, so that of two stagers one finds
/// out; source: REST reference of Azure Blob Storage, "Put Block List" and "Specifying conditional headers".
/// </summary>
/// <param name="blob">The blob.</param>
/// <param name="file">What it is to become.</param>
internal sealed class StagedBlob(BlockBlobClient blob, WeightsFile file)
{
    /// <summary>What of the file is there; a blob of somebody else's counts as nothing, and is replaced.</summary>
    public async Task<StagedState> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return StagedState.Of(file, found.Metadata, found.ContentLength, found.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return StagedState.Nothing;
        }
    }

    /// <summary>The ids of the blocks that the blob consists of, in order.</summary>
    public Task<List<string>> BlocksAsync(CancellationToken cancellationToken) => UnlessOvertakenAsync(async () =>
        (await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken)).Value.CommittedBlocks.Select(block => block.Name).ToList());

    /// <summary>Fills <paramref name="buffer"/> with what begins at <paramref name="offset"/> of the version that was seen.</summary>
    public Task ReadAsync(long offset, Memory<byte> buffer, ETag version, CancellationToken cancellationToken) => UnlessOvertakenAsync(async () =>
    {
        var options = new BlobDownloadOptions { Range = new(offset, buffer.Length), Conditions = new() { IfMatch = version } };
        using var download = (await blob.DownloadStreamingAsync(options, cancellationToken)).Value;
        await download.Content.ReadExactlyAsync(buffer, cancellationToken);
        return true;
    });

    /// <summary>Sends a block, which belongs to the blob only once it is committed.</summary>
    public async Task SendAsync(string id, byte[] buffer, int count, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(buffer, 0, count, writable: false);
        await blob.StageBlockAsync(id, content, cancellationToken: cancellationToken);
    }

    /// <summary>Makes the blob of these blocks; the result is its version then.</summary>
    /// <exception cref="StagingOvertakenException">Somebody else has changed it since <paramref name="version"/>.</exception>
    public Task<ETag> CommitAsync(IEnumerable<string> blocks, bool isVerified, ETag? version, CancellationToken cancellationToken) => UnlessOvertakenAsync(async () =>
    {
        var options = new CommitBlockListOptions
        {
            Metadata = StagedState.Metadata(file, isVerified),
            Conditions = version is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = version },
        };
        return (await blob.CommitBlockListAsync(blocks, options, cancellationToken)).Value.ETag;
    });

    /// <summary>Deletes the blob, and with it all blocks that wait, which would be paid for a week.</summary>
    /// <exception cref="StagingOvertakenException">Somebody else has changed it since <paramref name="version"/>.</exception>
    public async Task DiscardAsync(ETag? version, CancellationToken cancellationToken)
    {
        // Blocks that wait go with a commit that does not name them, not with a deletion.
        var empty = await CommitAsync([], isVerified: false, version, cancellationToken);
        await UnlessOvertakenAsync(() => blob.DeleteAsync(conditions: new() { IfMatch = empty }, cancellationToken: cancellationToken));
    }

    private static async Task<T> UnlessOvertakenAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (RequestFailedException failed) when (failed.Status is 404 or 409 or 412 or 416 || failed.ErrorCode == BlobErrorCode.InvalidBlockList)
        {
            throw new StagingOvertakenException(failed);
        }
    }
}
