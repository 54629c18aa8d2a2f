namespace Orchestrator.Functions.Lanes;

/// <summary>How long a rollout that waits for its lane goes without asking by itself: nudges are what it waits for.</summary>
internal static class LaneDelays
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static TimeSpan After(int look) => TimeSpan.FromTicks((long)Math.Min(Longest.Ticks, First.Ticks * Math.Pow(1.5, look)));
}
