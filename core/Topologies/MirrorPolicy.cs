using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Topologies;

/// <summary>
/// How a new server of an online endpoint is tried with copies of the requests that users make, whose answers nobody sees, before
/// any candidate asks it.
/// </summary>
/// <param name="Percent">The part of the requests that is copied, from 1 to <see cref="Most"/>.</param>
/// <param name="Hold">For how long, at least <see cref="Least"/>.</param>
public sealed record MirrorPolicy(int Percent, [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Hold)
{
    /// <summary>
    /// At most so many percent can be copied. Source: Azure Machine Learning, safe rollout of online endpoints.
    /// </summary>
    public const int Most = 50;

    /// <summary>No shorter: what Azure Monitor has counted arrives up to three minutes later, in whole minutes.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A tenth of the requests, for a quarter of an hour.</summary>
    public static MirrorPolicy Default { get; } = new(10, TimeSpan.FromMinutes(15));
}
