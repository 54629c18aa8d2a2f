using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>A clock on which waits below a minute pass at once and are noted, and time limits of a minute pass when a test says so.</summary>
internal sealed class PassingTime : FakeTimeProvider
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly ConcurrentQueue<TimeSpan> waits = new();

    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    public void PassLimits() => Advance(Limit);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime >= Limit)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
