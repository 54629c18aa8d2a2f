using System.Buffers;

namespace Orchestrator.Functions.Weights;

/// <summary>So many buffers of a block's size and no more: what takes one waits until one is free.</summary>
internal sealed class BlockBuffers(int count, int size) : IDisposable
{
    private readonly SemaphoreSlim free = new(count, count);

    public int Size => size;

    public async ValueTask<byte[]> TakeAsync(CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        return ArrayPool<byte>.Shared.Rent(size);
    }

    public void Return(byte[] buffer)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        free.Release();
    }

    public void Dispose() => free.Dispose();
}
