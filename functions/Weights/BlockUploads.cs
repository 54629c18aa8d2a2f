using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Orchestrator.Functions.Weights;

/// <summary>Sends blocks to storage and hashes them, several at once, while the next ones come in.</summary>
internal sealed class BlockUploads(StagedBlob blob, FileHash hash, BlockBuffers buffers, CancellationToken cancellationToken)
{
    // Nobody else's blocks may have the same ids: what is committed is what was hashed here.
    private readonly byte[] nonce = RandomNumberGenerator.GetBytes(sizeof(ulong));
    private readonly List<Task> running = [];
    private int begun;

    /// <summary>Begins to send the next block and gives its buffer back afterwards; the result is the block's id.</summary>
    public string Begin(byte[] buffer, int count)
    {
        running.RemoveAll(task => task.IsCompletedSuccessfully);
        var id = NextId();
        running.Add(SendAsync(id, buffer, count));
        return id;
    }

    /// <summary>Whether one has failed, so that there is no use in going on.</summary>
    public bool HasFailed => running.Exists(task => task.IsFaulted || task.IsCanceled);

    /// <summary>Waits until all have arrived.</summary>
    public async Task ArriveAsync()
    {
        await Task.WhenAll(running);
        running.Clear();
    }

    /// <summary>Waits until none uses its buffer any more, whatever became of it.</summary>
    public async Task EndAsync() => await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task SendAsync(string id, byte[] buffer, int count)
    {
        var hashed = hash.AddAsync(buffer.AsMemory(0, count));
        try
        {
            await blob.SendAsync(id, buffer, count, cancellationToken);
        }
        finally
        {
            await hashed;
            buffers.Return(buffer);
        }
    }

    private string NextId()
    {
        Span<byte> id = stackalloc byte[sizeof(ulong) + sizeof(int)];
        nonce.CopyTo(id);
        BinaryPrimitives.WriteInt32BigEndian(id[sizeof(ulong)..], begun++);
        return Convert.ToBase64String(id);
    }
}
