namespace Orchestrator.Functions.Suites.Calls;

/// <summary>A server may send anything, without end: no more is read than an answer can need, in all and in one line.</summary>
internal sealed class BoundedStream(Stream inner) : Stream
{
    /// <summary>The most that is read of a reply, in bytes. A streamed token takes some hundreds of them.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    /// <summary>The longest line, in bytes: the longest answer, each character escaped.</summary>
    public const int LongestLine = 8 * 1024 * 1024;

    private long read;
    private long line;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(buffer, await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(buffer.AsMemory(offset, count), inner.Read(buffer, offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(ReadOnlyMemory<byte> buffer, int count)
    {
        read += count;
        var end = buffer.Span[..count].LastIndexOf((byte)'\n');
        line = end < 0 ? line + count : count - end - 1;
        return read <= MostBytes && line <= LongestLine ? count : throw new ReplyException("the reply is longer than any answer may be");
    }
}
