using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Orchestrator.Testing;

/// <summary>A clock that a test moves, and that tells when somebody has begun to wait, so that it is not moved too early.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Moves on by a time, once somebody waits for just that long.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        while (await waits.Reader.ReadAsync(TestContext.Current.CancellationToken) != time)
        {
        }

        Advance(time);
    }
}
