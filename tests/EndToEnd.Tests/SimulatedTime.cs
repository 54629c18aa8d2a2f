using Microsoft.Extensions.Time.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A clock that stands still while there is work, and goes on at once to where the next durable timer comes due.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan JustAfter = TimeSpan.FromMilliseconds(2);

    private readonly Lock turn = new();

    /// <summary>Goes on to <paramref name="next"/>, on a thread of its own: whoever waits for the clock may go on there.</summary>
    public void GoOnTo(DateTimeOffset next) => Task.Run(() =>
    {
        lock (turn)
        {
            if (next + JustAfter > GetUtcNow())
            {
                SetUtcNow(next + JustAfter);
            }
        }
    });
}
