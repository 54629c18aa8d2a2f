using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Retention;

/// <summary>The record of a release's run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Request">What was asked for, and by which delivery or whom.</param>
/// <param name="Phase">How it ended.</param>
/// <param name="Reason">Why it reached no stack.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Rollouts">The ids of its rollouts.</param>
/// <param name="At">When the record was written.</param>
public sealed record ArchivedRelease(
    string Id,
    ReleaseRequest Request,
    RunPhase Phase,
    string? Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    IReadOnlyList<string> Rollouts,
    DateTimeOffset At)
{
    /// <summary>Which attempt at which release.</summary>
    internal ReleaseKey Key => Request.Key;
}

/// <summary>The record of a rollout, without what it consists of.</summary>
/// <param name="Rollout">The rollout.</param>
/// <param name="Candidate">What was rolled out.</param>
/// <param name="WaitedForPeople">How long it stood still because people had to decide.</param>
public sealed record ArchivedRollout(RolloutSummary Rollout, RecordedCandidate Candidate, TimeSpan WaitedForPeople)
{
    /// <summary>How much of it there is beside this.</summary>
    public ArchivedParts Parts { get; init; } = new(0, 0, 0);

    /// <summary>What is left of what happened: how long it took.</summary>
    public RolloutHistory History() => new([], new(Rollout.UpdatedAt - Rollout.StartedAt - WaitedForPeople, WaitedForPeople)) { ArchivedAt = Rollout.ArchivedAt };
}

/// <summary>How many parts hold what a rollout consists of: an entry of the store has to stay small.</summary>
/// <param name="Regions">Parts with regions.</param>
/// <param name="Decisions">Parts with decisions.</param>
/// <param name="Approvals">Parts with approvals.</param>
public sealed record ArchivedParts(int Regions, int Decisions, int Approvals);

/// <summary>How a region ended.</summary>
/// <param name="Wave">Its wave.</param>
/// <param name="Run">What was done in it.</param>
public sealed record ArchivedRegion(WaveName Wave, RegionRun Run);

/// <summary>Everything that is kept of a rollout.</summary>
/// <param name="Head">The rollout.</param>
/// <param name="Regions">Its regions, in wave order.</param>
/// <param name="Decisions">Who decided what about it.</param>
/// <param name="Approvals">What was said of its plan.</param>
public sealed record RolloutRecords(ArchivedRollout Head, IReadOnlyList<ArchivedRegion> Regions, IReadOnlyList<DecisionRecord> Decisions, IReadOnlyList<Approval> Approvals);
