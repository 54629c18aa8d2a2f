using Azure;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>One slice of staging a file: what is in the blob, and what has been hashed of it.</summary>
internal sealed class StagingSlice(StagedBlob blob, WeightsFile file, StagedState found, StagingOptions options, CancellationToken cancellationToken) : IDisposable
{
    private readonly FileHash hash = new();
    private readonly BlockBuffers buffers = new(options.Uploads + 1, options.BlockSizeOf(file.Size));
    private List<string> blocks = [];
    private ETag? version = found.Version;
    private long staged;
    private long committed;

    /// <summary>How many bytes of the file are hashed and on their way into the blob, or there.</summary>
    public long Bytes => staged;

    /// <summary>Whether that is all of it.</summary>
    public bool IsWhole => staged == file.Size;

    /// <summary>Hashes what earlier slices have staged, read from the region's own storage: no hash's state outlives a process.</summary>
    public async Task RecallAsync()
    {
        if (found.Bytes > 0)
        {
            blocks = await blob.BlocksAsync(cancellationToken);
        }

        var reads = new Queue<Task<(byte[] Buffer, int Count)>>();
        try
        {
            for (long next = 0; staged < found.Bytes;)
            {
                for (; next < found.Bytes && reads.Count < options.Uploads; next += buffers.Size)
                {
                    reads.Enqueue(ReadAsync(next, (int)Math.Min(buffers.Size, found.Bytes - next)));
                }

                var (buffer, count) = await reads.Peek();
                await hash.AddAsync(buffer.AsMemory(0, count));
                _ = reads.Dequeue();
                buffers.Return(buffer);
                staged += count;
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(reads)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        committed = staged;
    }

    /// <summary>
    /// Takes the file on from where it is until it is whole, the time is over or the hub fails, and keeps what came; the result is
    /// what ended it, or null when the file is whole.
    /// </summary>
    /// <param name="hub">The rest of the file, which is cancelled when the time is over.</param>
    /// <exception cref="WeightsRefusedException">The hub has something else than the manifest, or does not give it.</exception>
    public async Task<Exception?> StageAsync(HubReader hub)
    {
        var uploads = new BlockUploads(blob, hash, buffers, cancellationToken);
        Exception? ended = null;
        try
        {
            while (!IsWhole && ended is null && !uploads.HasFailed)
            {
                ended = await AddBlockAsync(hub, uploads);
                if (!IsWhole && (ended is not null || blocks.Count % options.BlocksPerCheckpoint == 0))
                {
                    await uploads.ArriveAsync();
                    await KeepAsync();
                }
            }

            await uploads.ArriveAsync();
            return IsWhole ? await AfterEndAsync(hub) : ended;
        }
        finally
        {
            await uploads.EndAsync();
        }
    }

    /// <summary>The digest of the file so far.</summary>
    public Task<Sha256Digest> DigestAsync() => hash.DigestAsync();

    /// <summary>Makes the blob what servers may read.</summary>
    public Task AcceptAsync() => blob.CommitAsync(blocks, isVerified: true, version, cancellationToken);

    /// <summary>Leaves nothing behind.</summary>
    public Task DiscardAsync() => blob.DiscardAsync(version, cancellationToken);

    public void Dispose()
    {
        hash.Dispose();
        buffers.Dispose();
    }

    private async Task<(byte[] Buffer, int Count)> ReadAsync(long offset, int count)
    {
        var buffer = await buffers.TakeAsync(cancellationToken);
        await blob.ReadAsync(offset, buffer.AsMemory(0, count), found.Version!.Value, cancellationToken);
        return (buffer, count);
    }

    private async Task<Exception?> AddBlockAsync(HubReader hub, BlockUploads uploads)
    {
        var buffer = await buffers.TakeAsync(cancellationToken);
        var (count, wanted) = (0, (int)Math.Min(buffers.Size, file.Size - staged));
        try
        {
            while (count < wanted)
            {
                count += await hub.ReadAsync(buffer.AsMemory(count, wanted - count));
            }

            return null;
        }
        catch (Exception ended) when (IsEnd(ended))
        {
            return ended;
        }
        finally
        {
            // Half a block is no worse than a whole one: it need not come again.
            if (count > 0)
            {
                blocks.Add(uploads.Begin(buffer, count));
                staged += count;
            }
            else
            {
                buffers.Return(buffer);
            }
        }
    }

    private async Task KeepAsync()
    {
        if (staged > committed)
        {
            version = await blob.CommitAsync(blocks, isVerified: false, version, cancellationToken);
            committed = staged;
        }
    }

    // Whether more would come is worth a look; where there is no answer, the digest has the last word anyway.
    private async Task<Exception?> AfterEndAsync(HubReader hub)
    {
        try
        {
            await hub.ReadAsync(new byte[1]);
        }
        catch (Exception ended) when (IsEnd(ended))
        {
        }

        return null;
    }

    private bool IsEnd(Exception ended) => ended is WeightsHubException || (ended is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
