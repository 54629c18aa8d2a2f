namespace Orchestrator.Functions.Lanes;

/// <summary>How long a rollout that waits for its lane goes without asking by itself: nudges are what it waits for.</summary>
internal static class LaneDelays
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // A calendar may be changed while somebody waits.
    private static readonly TimeSpan LongestKnown = TimeSpan.FromHours(6);

    /// <summary>How long to wait for something that is known to take so long.</summary>
    public static TimeSpan AtMost(TimeSpan known) => known < LongestKnown ? known : LongestKnown;

    public static TimeSpan After(int look) => TimeSpan.FromTicks((long)Math.Min(Longest.Ticks, First.Ticks * Math.Pow(1.5, look)));
}
