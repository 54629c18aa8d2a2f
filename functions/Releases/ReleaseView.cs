using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Releases;

/// <summary>A release's run in full.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Reason">Why it reached no stack, or how its stacks differ.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="UpdatedAt">When something last changed.</param>
/// <param name="Rollouts">The rollouts that have begun.</param>
public sealed record ReleaseView(
    string Id,
    RepositoryName Repository,
    ReleaseTag Tag,
    RunPhase Phase,
    string? Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<RolloutView> Rollouts)
{
    /// <summary>What its stacks show side by side; null where they are not compared, or a later attempt has been.</summary>
    public ParityOutcome? Parity { get; init; }

    /// <summary>When a record took the place of its durable instances; null while they are kept.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }
}
