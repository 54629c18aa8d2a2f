using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Rollouts;

/// <summary>What a rollout under way is doing: its instance's custom status. The regions' own instances say the rest.</summary>
/// <param name="Wave">The wave it is at; null before the first.</param>
/// <param name="Activity">What it does there.</param>
/// <param name="Reason">Why it waits; null when it does not.</param>
/// <param name="Record">What it has done, oldest first.</param>
public sealed record RolloutStatus(WaveName? Wave, RolloutActivity Activity, string? Reason, IReadOnlyList<ActivityRecord> Record);

/// <summary>Something that a rollout has done at a wave.</summary>
/// <param name="Wave">The wave; null before the first.</param>
/// <param name="Activity">What.</param>
/// <param name="At">When it began, by the orchestration's clock.</param>
public sealed record ActivityRecord(WaveName? Wave, RolloutActivity Activity, DateTimeOffset At);

/// <summary>What a rollout does at a wave.</summary>
[JsonConverter(typeof(WordJsonConverter<RolloutActivity>))]
public enum RolloutActivity
{
    /// <summary>It waits for its lane, or for the line to be open.</summary>
    Waiting,

    /// <summary>It waits for people to approve its plan.</summary>
    AwaitingApproval,

    /// <summary>A person has paused it: it begins nothing more until it is resumed.</summary>
    Paused,

    /// <summary>The wave's regions get the candidate.</summary>
    RollingOut,

    /// <summary>The wave's regions are watched before the next wave begins.</summary>
    Baking,

    /// <summary>Regions go back to their baselines.</summary>
    RollingBack,

    /// <summary>All regions run the release, but a baseline could not be stopped.</summary>
    LeftUntidy,
}
