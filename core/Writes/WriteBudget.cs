namespace Orchestrator.Core.Writes;

/// <summary>
/// What has been written to somebody who limits writes, and when the next write may be: never more than the limits in any minute or
/// any hour, and nothing while they have asked for patience. Pure; whoever keeps it keeps the promise over restarts.
/// </summary>
/// <param name="Taken">When writes were allowed in the last hour, in milliseconds since 1970, oldest first.</param>
/// <param name="BlockedUntil">Until when nothing may be written; null for no such time.</param>
/// <param name="Why">Why not.</param>
/// <param name="Refusals">How many times in a row they have asked for patience, or did not answer.</param>
public sealed record WriteBudget(IReadOnlyList<long> Taken, DateTimeOffset? BlockedUntil, string? Why, int Refusals)
{
    private const int MostDoublings = 10;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestDown = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestUntold = TimeSpan.FromMinutes(15);

    /// <summary>Nothing has been written.</summary>
    public static WriteBudget Empty { get; } = new([], null, null, 0);

    /// <summary>When the next write may be; <paramref name="now"/> or earlier for at once.</summary>
    public DateTimeOffset Next(WriteLimits limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var next = BlockedUntil ?? now;
        foreach (var (most, window) in new[] { (limits.PerMinute, Minute), (limits.PerHour, Hour) })
        {
            if (Taken.Count >= most && DateTimeOffset.FromUnixTimeMilliseconds(Taken[^most]) + window is var free && free > next)
            {
                next = free;
            }
        }

        return next;
    }

    /// <summary>The budget after one more write, and whether that write may be.</summary>
    public (WriteBudget After, bool MayWrite) Take(WriteLimits limits, DateTimeOffset now)
    {
        if (Next(limits, now) > now)
        {
            return (this, false);
        }

        // A clock that was put back takes nothing back.
        var at = Math.Max(now.ToUnixTimeMilliseconds(), Taken is [.., var last] ? last : long.MinValue);
        var old = at - (long)Hour.TotalMilliseconds;
        return (this with { Taken = [.. Taken.Where(one => one > old), at] }, true);
    }

    /// <summary>The budget after an answer that was none of these.</summary>
    public WriteBudget Answered() => this with { BlockedUntil = null, Why = null, Refusals = 0 };

    /// <summary>The budget after they have said that a limit is reached, and until when; where they did not say, from a minute on, longer each time.</summary>
    public WriteBudget Limited(DateTimeOffset now, DateTimeOffset? until, string why) =>
        Blocked(until is { } told ? Earliest(told, now + Hour) : now + Growing(Minute, LongestUntold), why);

    /// <summary>The budget after they did not answer: a little longer each time.</summary>
    public WriteBudget Down(DateTimeOffset now, string why) => Blocked(now + Growing(TimeSpan.FromSeconds(15), LongestDown), why);

    private WriteBudget Blocked(DateTimeOffset until, string why) => this with { BlockedUntil = until, Why = why, Refusals = Refusals + 1 };

    private TimeSpan Growing(TimeSpan first, TimeSpan longest)
    {
        var wait = first * Math.Pow(2, Math.Min(Refusals, MostDoublings));
        return wait < longest ? wait : longest;
    }

    // GitHub's windows are an hour: a clock that is wrong must not keep the record silent for a year.
    private static DateTimeOffset Earliest(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
