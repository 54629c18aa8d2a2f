using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Lanes;

/// <summary>What a rollout that asks for its lane is told.</summary>
/// <param name="Place">Whether it may go.</param>
/// <param name="Reason">Why it may not; null when it may.</param>
/// <param name="Nudged">Rollouts that have to ask again, because something has changed for them.</param>
/// <param name="Aborted">The rollout that has to stop; null for none.</param>
/// <param name="Until">When what it waits for is over, where that is known; null where it is not.</param>
public sealed record LaneAnswer(LanePlace Place, string? Reason, IReadOnlyList<string> Nudged, string? Aborted, DateTimeOffset? Until = null);

/// <summary>A rollout's place in its lane.</summary>
[JsonConverter(typeof(WordJsonConverter<LanePlace>))]
public enum LanePlace
{
    /// <summary>It has the lane.</summary>
    Running,

    /// <summary>It waits, and asks again when it is nudged.</summary>
    Waiting,

    /// <summary>A newer release has taken its place.</summary>
    Superseded,

    /// <summary>It may not be rolled out here.</summary>
    Refused,
}
