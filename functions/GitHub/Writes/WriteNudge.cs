using System.Threading.Channels;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Tells within this process that something waits to be written. Many nudges are one.</summary>
public sealed class WriteNudge
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something waits.</summary>
    public void Give() => channel.Writer.TryWrite(true);

    /// <summary>Ends when something waits that nobody has been told of.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken) => await channel.Reader.ReadAsync(cancellationToken);
}
