using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;

namespace Orchestrator.Functions.Rollouts;

/// <summary>One rollout in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Release">The id of the release run that it belongs to.</param>
/// <param name="Tag">The release's tag.</param>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Verdict">The worst verdict of its regions; absent while it runs.</param>
/// <param name="Reason">Why it did not succeed.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="UpdatedAt">When something last changed.</param>
public sealed record RolloutSummary(
    string Id,
    string Release,
    ReleaseTag Tag,
    StackName Stack,
    EnvironmentName Environment,
    RunPhase Phase,
    Verdict? Verdict,
    string? Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>When a record took the place of its durable instances; null while they are kept.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }
}

/// <summary>One rollout in full.</summary>
/// <param name="Rollout">The rollout.</param>
/// <param name="Status">What it is doing; absent once it has ended.</param>
/// <param name="Waves">Its waves, in order.</param>
public sealed record RolloutView(RolloutSummary Rollout, RolloutStatus? Status, IReadOnlyList<WaveView> Waves)
{
    /// <summary>What else its record holds; null while its durable instances are kept.</summary>
    public RolloutRecord? Record { get; init; }
}

/// <summary>What the record of a rollout holds that others say while its durable instances are kept.</summary>
/// <param name="Candidate">What was rolled out.</param>
/// <param name="Decisions">Who decided what about it, oldest first.</param>
/// <param name="Approvals">What was said of its plan, oldest first.</param>
public sealed record RolloutRecord(RecordedCandidate Candidate, IReadOnlyList<DecisionRecord> Decisions, IReadOnlyList<Approval> Approvals);

/// <summary>What was rolled out.</summary>
/// <param name="Version">The version.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Image">The image.</param>
/// <param name="Manifest">The digest of the release's manifest; null when not known.</param>
/// <param name="IsRollback">Whether it was gone back to.</param>
/// <param name="AskedBy">The person who asked for it; null when the release's publication did, or a repair.</param>
/// <param name="PublishedBy">Who published the release; null when not known.</param>
public sealed record RecordedCandidate(string Version, CommitSha Commit, ImageReference Image, Sha256Digest? Manifest, bool IsRollback, string? AskedBy, string? PublishedBy)
{
    internal static RecordedCandidate Of(Candidate candidate) =>
        new(candidate.Version, candidate.Commit, candidate.Image, candidate.Manifest, candidate.IsRollback, candidate.AskedBy, candidate.PublishedBy);
}

/// <summary>One wave of a rollout.</summary>
/// <param name="Wave">Its name.</param>
/// <param name="Regions">Its regions.</param>
public sealed record WaveView(WaveName Wave, IReadOnlyList<RegionRun> Regions);
