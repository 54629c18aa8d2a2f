using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Core.Lanes;

/// <summary>
/// Who has a lane, who waits and who does not get it. Pure, and safe to repeat: a rollout that asks twice is answered the same,
/// and one that leaves twice leaves once.
/// </summary>
public static class LaneDecisions
{
    private const int MostSuperseded = 20;

    /// <summary>The lane after a rollout has asked for it, and what the rollout is told.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="ticket">Who asks.</param>
    /// <param name="policy">What a newer release does to older ones.</param>
    /// <param name="isBad">Whether the release's tag has been marked bad.</param>
    /// <param name="lineStopped">Why no rollout may begin just now; null when they may.</param>
    /// <param name="frozen">The freeze that holds this one; null when none does.</param>
    public static (Lane Lane, LaneAnswer Answer) Ask(Lane lane, LaneTicket ticket, LanePolicy policy, bool isBad, string? lineStopped, string? frozen)
    {
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(policy);
        if (lane.Running?.Rollout == ticket.Rollout)
        {
            return (lane, new(LanePlace.Running, null, [], null));
        }

        if (lane.Superseded.FirstOrDefault(one => one.Rollout == ticket.Rollout) is { } superseded)
        {
            return (Without(lane, ticket), new(LanePlace.Superseded, By(superseded.By), [], null));
        }

        if (Refusal(lane, ticket, isBad) is { } refusal)
        {
            return (Without(lane, ticket), new(LanePlace.Refused, refusal, [], null));
        }

        ticket = ticket with { IsFrozen = frozen is not null };
        var closed = lineStopped ?? frozen;
        var queued = lane.Queue.Any(one => one.Rollout == ticket.Rollout)
            ? lane with { Queue = [.. lane.Queue.Select(one => one.Rollout == ticket.Rollout ? one with { IsFrozen = ticket.IsFrozen } : one)] }
            : Enqueue(lane, ticket, policy);
        if (queued.Superseded.FirstOrDefault(one => one.Rollout == ticket.Rollout) is { } late)
        {
            return (queued, new(LanePlace.Superseded, By(late.By), [], null));
        }

        // Who cannot begin yet has nobody else stopped.
        return Hold(queued, ticket, closed) is { } reason
            ? (queued, new(LanePlace.Waiting, reason, Told(queued, ticket), closed is null ? Aborted(queued, ticket, policy) : null))
            : (Without(queued, ticket) with { Running = ticket }, new(LanePlace.Running, null, Told(queued, ticket), null));
    }

    /// <summary>The lane after a rollout has left it, and the rollouts that have to ask again.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="ticket">Who leaves.</param>
    /// <param name="end">How it ended; null when it has not begun.</param>
    /// <param name="reason">Why it ended so.</param>
    /// <param name="held">Why only a person's own rollouts may follow; null when all may.</param>
    /// <param name="now">The time.</param>
    public static (Lane Lane, IReadOnlyList<string> Nudged) Leave(Lane lane, LaneTicket ticket, RunPhase? end, string? reason, string? held, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(ticket);
        var left = Without(lane, ticket);
        if (lane.Running?.Rollout == ticket.Rollout)
        {
            left = left with
            {
                Running = null,
                Promoted = end is RunPhase.Succeeded or RunPhase.Partial ? new(ticket.Tag, ticket.Version, now, ticket.Manifest) : left.Promoted,
                Halted = end == RunPhase.Failed ? $"{ticket.Tag} failed and somebody has to look: {reason}" : left.Halted,
                Held = held ?? left.Held,
            };
        }

        return (left, left.Running is null && Next(left) is { } next ? [next.Rollout] : []);
    }

    private static Lane Without(Lane lane, LaneTicket ticket) => lane.Queue.Any(one => one.Rollout == ticket.Rollout)
        ? lane with { Queue = [.. lane.Queue.Where(one => one.Rollout != ticket.Rollout)] }
        : lane;

    /// <summary>Why a rollout may not enter at all; null when it may.</summary>
    public static string? Refusal(Lane lane, LaneTicket ticket, bool isBad)
    {
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(ticket);
        return isBad ? $"{ticket.Tag} has been marked bad"
        : !ticket.IsRollback && lane.Promoted is { } promoted && SemanticVersion.IsOlder(ticket.Version, promoted.Version)
            ? $"{ticket.Version} is older than {promoted.Version}, which runs; going back has to be asked for"
            : null;
    }

    // Of several versions that wait only the latest is rolled out, in whatever order they came.
    private static Lane Enqueue(Lane lane, LaneTicket ticket, LanePolicy policy)
    {
        if (ticket.IsRollback)
        {
            // Who asks to go back does not wait behind what is to come.
            return lane with { Queue = [ticket, .. lane.Queue] };
        }

        if (policy.Queued == QueuePolicy.Fifo)
        {
            return lane with { Queue = [.. lane.Queue, ticket] };
        }

        // One that cannot begin yet takes the place of none that can.
        if (lane.Queue.FirstOrDefault(one => !one.IsRollback && (ticket.IsFrozen || !one.IsFrozen) && SemanticVersion.IsOlder(ticket.Version, one.Version)) is { } newer)
        {
            return Supersede(lane, [ticket], newer.Tag);
        }

        var older = lane.Queue.Where(one => !one.IsRollback && one.Tag != ticket.Tag && (one.IsFrozen || !ticket.IsFrozen) && !SemanticVersion.IsOlder(ticket.Version, one.Version)).ToArray();
        return Supersede(lane with { Queue = [.. lane.Queue.Except(older), ticket] }, older, ticket.Tag);
    }

    private static Lane Supersede(Lane lane, IEnumerable<LaneTicket> older, ReleaseTag by) => lane with
    {
        Superseded = [.. lane.Superseded.Concat(older.Select(one => new SupersededRollout(one.Rollout, by))).TakeLast(MostSuperseded)],
    };

    private static string? Hold(Lane lane, LaneTicket ticket, string? closed) =>
        closed
        ?? lane.Halted
        ?? (ticket.AskedBy is null ? lane.Held : null)
        ?? (lane.Running is { } running ? $"{running.Tag} has the lane"
            : Next(lane) is { } next && next.Rollout != ticket.Rollout ? $"{next.Tag} is before it"
            : null);

    // Where automation is held, people do not stand behind it; and nobody stands behind what is frozen.
    private static LaneTicket? Next(Lane lane) =>
        (lane.Held is null ? null : lane.Queue.FirstOrDefault(ticket => ticket.AskedBy is not null && !ticket.IsFrozen))
        ?? lane.Queue.FirstOrDefault(ticket => !ticket.IsFrozen)
        ?? (lane.Queue is [var first, ..] ? first : null);

    private static string[] Told(Lane lane, LaneTicket ticket) => [.. lane.Superseded.Where(one => one.By == ticket.Tag).Select(one => one.Rollout)];

    private static string? Aborted(Lane lane, LaneTicket ticket, LanePolicy policy) =>
        policy.Running == RunningPolicy.Abort
        && lane.Running is { IsRollback: false } running
        && (ticket.IsRollback || SemanticVersion.IsOlder(running.Version, ticket.Version))
            ? running.Rollout
            : null;

    private static string By(ReleaseTag newer) => $"superseded by {newer}";
}
