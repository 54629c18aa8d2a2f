using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Topologies;

/// <summary>How a candidate takes over in a region, and what happens when it does not.</summary>
/// <param name="Traffic">Traffic steps in growing order; promotion to 100 % follows the last one.</param>
/// <param name="ReadyTimeout">How long a candidate may take from its deployment until it is ready.</param>
/// <param name="RollBack">How far a failure reaches.</param>
public sealed record RolloutPolicy(
    IReadOnlyList<TrafficStep> Traffic,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan ReadyTimeout,
    RollbackScope RollBack)
{
    /// <summary>10 % for five minutes, 50 % for five minutes; fifteen minutes to get ready; a failure rolls the environment back.</summary>
    public static RolloutPolicy Default { get; } = new(
        [new(10, TimeSpan.FromMinutes(5)), new(50, TimeSpan.FromMinutes(5))],
        TimeSpan.FromMinutes(15),
        RollbackScope.Environment);
}

/// <summary>A share of a region's traffic that the candidate holds for a while before it is verified again.</summary>
/// <param name="Weight">Percent, from 1 to 99.</param>
/// <param name="Hold">How long the share is held.</param>
public sealed record TrafficStep(int Weight, [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Hold);

/// <summary>Which regions of a rollout go back to their baseline when one fails.</summary>
[JsonConverter(typeof(WordJsonConverter<RollbackScope>))]
public enum RollbackScope
{
    /// <summary>Only the region that failed.</summary>
    Region,

    /// <summary>Every region of the wave that failed.</summary>
    Wave,

    /// <summary>Every region that this rollout has promoted.</summary>
    Environment,
}
