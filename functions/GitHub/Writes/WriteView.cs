using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Puts together what waits to be written to GitHub, and why it waits.</summary>
/// <param name="queue">What waits.</param>
/// <param name="writer">The budget.</param>
/// <param name="settings">The limits.</param>
/// <param name="time">The clock.</param>
public sealed class WriteView(PendingWrites queue, WriterStore writer, OrchestratorSettings settings, TimeProvider time)
{
    private const int MostNamed = 20;

    /// <summary>What waits just now.</summary>
    public async Task<WritesView> ReadAsync(CancellationToken cancellationToken)
    {
        var waiting = await queue.ListAsync(cancellationToken);
        var state = await writer.ReadAsync(cancellationToken);
        var (limits, now) = (settings.GitHub.Writes, time.GetUtcNow());
        var next = state.Budget.Next(limits, now);
        return new(
            waiting.Count,
            waiting.Count(write => write.IsEnd),
            waiting.Count == 0 ? null : waiting.Min(write => write.Since),
            [.. waiting.Take(MostNamed).Select(write => write.About)],
            new(Since(TimeSpan.FromMinutes(1)), limits.PerMinute, Since(TimeSpan.FromHours(1)), limits.PerHour, next > now ? next : null, state.Budget.BlockedUntil > now ? state.Budget.Why : null),
            state.Refused);

        int Since(TimeSpan window) => state.Budget.Taken.Count(at => at > (now - window).ToUnixTimeMilliseconds());
    }
}

/// <summary>What waits to be written to GitHub.</summary>
/// <param name="Waiting">How much.</param>
/// <param name="Ends">How much of it tells how something ended.</param>
/// <param name="Oldest">Since when the oldest waits; null when nothing does.</param>
/// <param name="Next">What it is about, the next first, the first twenty.</param>
/// <param name="Budget">What may be written.</param>
/// <param name="Refused">What GitHub has refused of late.</param>
public sealed record WritesView(int Waiting, int Ends, DateTimeOffset? Oldest, IReadOnlyList<string> Next, WriteBudgetView Budget, IReadOnlyList<WriteRefusal> Refused);

/// <summary>What may be written to GitHub.</summary>
/// <param name="LastMinute">How much was written in the last minute.</param>
/// <param name="PerMinute">How much may be.</param>
/// <param name="LastHour">How much was written in the last hour.</param>
/// <param name="PerHour">How much may be.</param>
/// <param name="ClosedUntil">When the next write may be; null for at once.</param>
/// <param name="Why">Why GitHub is left alone; null when it is not.</param>
public sealed record WriteBudgetView(int LastMinute, int PerMinute, int LastHour, int PerHour, DateTimeOffset? ClosedUntil, string? Why);
