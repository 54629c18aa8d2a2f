using Microsoft.DurableTask;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// How often activities are tried. They throw only what may pass (refusals are values), so every failure is worth another try.
/// </summary>
internal static class Retries
{
    /// <summary>For looking: given up after about a minute.</summary>
    public static TaskOptions ForReading { get; } = Of(new(6, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30)));

    /// <summary>For reading a release, without which it would be lost: GitHub may be down for hours. Given up after a day.</summary>
    public static TaskOptions ForReleases { get; } = Of(new(300, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(5)));

    /// <summary>For the orchestrator's own store, without which no rollout may begin or end: given up after a day.</summary>
    public static TaskOptions ForState { get; } = Of(new(3000, TimeSpan.FromMilliseconds(100), 2, TimeSpan.FromSeconds(30)));

    /// <summary>For telling GitHub, which no rollout waits for: given up after about a quarter of a minute.</summary>
    public static TaskOptions ForReporting { get; } = Of(new(5, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30)));

    /// <summary>For work that has a time limit of its own.</summary>
    public static TaskOptions Within(TimeSpan limit) =>
        Of(new(1000, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30), limit > TimeSpan.Zero ? limit : TimeSpan.FromSeconds(1)));

    private static TaskOptions Of(RetryPolicy policy) => TaskOptions.FromRetryPolicy(policy);
}
