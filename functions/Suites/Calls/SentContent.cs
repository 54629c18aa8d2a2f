using System.ClientModel;

namespace Orchestrator.Functions.Suites.Calls;

/// <summary>
/// A request's body that knows when it went out. Only then is there a connection: what comes before is not the model's time, and a
/// time limit that ends before says nothing about the model.
/// </summary>
internal sealed class SentContent(byte[] body, TimeProvider time) : BinaryContent
{
    /// <summary>When the body was written, as a timestamp of the clock; null while it was not.</summary>
    public long? Sent { get; private set; }

    public override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellationToken = default)
    {
        Sent = time.GetTimestamp();
        stream.Write(body);
    }

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        Sent = time.GetTimestamp();
        await stream.WriteAsync(body, cancellationToken);
    }

    public override void Dispose()
    {
    }
}
