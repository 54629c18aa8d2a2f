using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Suites;

/// <summary>How an environment's models are verified again and again after their promotion.</summary>
/// <param name="Every">How long after one look the next one is due, at least <see cref="Least"/>.</param>
/// <param name="RollBackWithin">A release that was promoted no longer ago than this is gone back from where its models are not what they were; null: that is only told.</param>
/// <param name="Cases">At most so many of the short suite's cases, taken from its categories in turn; null for all of them.</param>
public sealed record ContinuousPolicy(
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Every,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan? RollBackWithin = null,
    int? Cases = null)
{
    /// <summary>Looks are no closer: each costs tokens, and takes a share of what users may ask.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Every six hours, told only, with all short cases.</summary>
    public static ContinuousPolicy Default { get; } = new(TimeSpan.FromHours(6));
}
