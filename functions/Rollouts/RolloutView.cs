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
    DateTimeOffset UpdatedAt);

/// <summary>One rollout in full.</summary>
/// <param name="Rollout">The rollout.</param>
/// <param name="Status">What it is doing; absent once it has ended.</param>
/// <param name="Waves">Its waves, in order.</param>
public sealed record RolloutView(RolloutSummary Rollout, RolloutStatus? Status, IReadOnlyList<WaveView> Waves);

/// <summary>One wave of a rollout.</summary>
/// <param name="Wave">Its name.</param>
/// <param name="Regions">Its regions.</param>
public sealed record WaveView(WaveName Wave, IReadOnlyList<RegionRun> Regions);
