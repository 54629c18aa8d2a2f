namespace Orchestrator.Functions.Rollouts;

/// <summary>How long to wait before looking again: short at first, so that a quick cloud is not waited for; growing, because each look costs.</summary>
internal static class PollDelays
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The delay after look number <paramref name="look"/>, from 0: a fifth of a second, a quarter longer each time, half a minute at most.</summary>
    public static TimeSpan After(int look) => TimeSpan.FromTicks((long)Math.Min(Longest.Ticks, First.Ticks * Math.Pow(1.25, look)));
}
