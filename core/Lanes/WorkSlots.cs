namespace Orchestrator.Core.Lanes;

/// <summary>
/// Who of a stack's regions is at work, where the stack limits how many may be at once. First come, first served; pure, and safe to
/// repeat like <see cref="LaneDecisions"/>.
/// </summary>
/// <param name="AtWork">The runs of the regions that are at work.</param>
/// <param name="Waiting">Those that wait, the next one first.</param>
public sealed record WorkSlots(IReadOnlyList<string> AtWork, IReadOnlyList<string> Waiting)
{
    /// <summary>Nobody is at work.</summary>
    public static WorkSlots Empty { get; } = new([], []);

    /// <summary>The slots after a region has asked, and whether it may go to work.</summary>
    /// <param name="run">The region's run.</param>
    /// <param name="most">How many may be at work at once.</param>
    public (WorkSlots Slots, bool MayWork) Ask(string run, int most)
    {
        if (AtWork.Contains(run))
        {
            return (this, true);
        }

        var waiting = Waiting.Contains(run) ? Waiting : [.. Waiting, run];
        return AtWork.Count + waiting.TakeWhile(one => one != run).Count() < most
            ? (new([.. AtWork, run], [.. waiting.Where(one => one != run)]), true)
            : (this with { Waiting = waiting }, false);
    }

    /// <summary>The slots after a region has left, and those that may ask again.</summary>
    /// <param name="run">The region's run.</param>
    /// <param name="most">How many may be at work at once.</param>
    public (WorkSlots Slots, IReadOnlyList<string> Nudged) Leave(string run, int most)
    {
        var left = new WorkSlots([.. AtWork.Where(one => one != run)], [.. Waiting.Where(one => one != run)]);
        return (left, [.. left.Waiting.Take(Math.Max(0, most - left.AtWork.Count))]);
    }
}
