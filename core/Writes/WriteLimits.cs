namespace Orchestrator.Core.Writes;

/// <summary>How much is written at most to somebody who limits writes.</summary>
/// <param name="PerMinute">In any minute.</param>
/// <param name="PerHour">In any hour.</param>
public sealed record WriteLimits(int PerMinute, int PerHour)
{
    /// <summary>GitHub's limits of content-creating requests. Source: "Rate limits for the REST API", secondary rate limits.</summary>
    public static WriteLimits GitHubs { get; } = new(80, 500);

    /// <summary>What is used of them: the rest is for a request that was late on its way, and for people with the same account.</summary>
    public static WriteLimits Default { get; } = new(75, 480);

    /// <summary>What is used of them for anything but ends: two fifths of an hour are kept, so that no end waits for what went before it.</summary>
    public WriteLimits BesideEnds => this with { PerHour = Math.Max(1, PerHour * 3 / 5) };
}
