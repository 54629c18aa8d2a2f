using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Lanes;

/// <summary>A rollout that asks for its lane.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Ticket">Who asks.</param>
/// <param name="Policy">What a newer release does to older ones.</param>
public sealed record LaneOrder(StackName Stack, EnvironmentName Environment, LaneTicket Ticket, LanePolicy Policy)
{
    internal static LaneOrder Of(RolloutOrder order, string rollout, DateTimeOffset now) => new(
        order.Stack,
        order.Environment.Name,
        new(rollout, order.Candidate.Key.Tag, order.Candidate.Version, order.Candidate.IsRollback, now, order.Candidate.AskedBy, Manifest: order.Candidate.Manifest),
        order.Environment.Lane);
}

/// <summary>A rollout that leaves its lane.</summary>
/// <param name="Order">Which, and which lane.</param>
/// <param name="End">How it ended; null when it comes back.</param>
/// <param name="Reason">Why it ended so.</param>
/// <param name="Held">Why the environment is held for a person afterwards; null when it is not.</param>
public sealed record LaneLeave(LaneOrder Order, RunPhase? End, string? Reason, string? Held = null);

/// <summary>Whether the line is stopped for a stack.</summary>
/// <param name="Stopped">Why; null when it is not.</param>
/// <param name="Until">When that is over, where it is known; null where it is not.</param>
public sealed record LineState(string? Stopped, DateTimeOffset? Until = null);
