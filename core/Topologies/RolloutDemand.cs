using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Topologies;

/// <summary>What a release's manifest asks of its own rollout, beyond the environment's policy.</summary>
/// <param name="Bake">Watch at least this long after each wave.</param>
/// <param name="Hold">Hold each share of the traffic at least this long.</param>
/// <param name="MaxParallel">At most this many regions of a wave at once.</param>
/// <param name="Promotion">Manual to have a person promote it; automatic asks for nothing.</param>
public sealed record RolloutDemand(
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan? Bake,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan? Hold,
    int? MaxParallel,
    Promotion? Promotion);
