namespace Orchestrator.Core.Problems;

/// <summary>Comparing durations.</summary>
internal static class Durations
{
    /// <summary>The longer of both; <paramref name="one"/> when there is no other.</summary>
    public static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;
}
