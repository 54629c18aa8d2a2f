namespace Orchestrator.Functions.Deliveries;

/// <summary>What the sweeps know.</summary>
/// <param name="Begun">When this instance was first started: what was released before is not its affair.</param>
/// <param name="Watermark">Everything up to here has been looked at.</param>
/// <param name="LastAt">When the last sweep was; null before the first.</param>
/// <param name="Problem">Why the last sweep is not complete; null when it is.</param>
/// <param name="Limit">What the sweeps cannot see at all, and why; null for nothing.</param>
/// <param name="Gaps">What never came, and what was done about it; the latest forty.</param>
public sealed record SweepState(
    DateTimeOffset Begun,
    DateTimeOffset Watermark,
    DateTimeOffset? LastAt,
    string? Problem,
    string? Limit,
    IReadOnlyList<Gap> Gaps)
{
    // Far below what a table's property holds, together with the lengths of a gap's texts.
    private const int MostGaps = 40;

    /// <summary>How far a sweep looks back behind the one before: GitHub's clock is not ours, and what it lists may come late.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    // What is younger may be on its way at this moment.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>What is known at the first start.</summary>
    public static SweepState At(DateTimeOffset now) => new(now, now, null, null, null, []);

    /// <summary>What the next sweep has to look at.</summary>
    public SweepWindow Window(DateTimeOffset now) => new(Watermark - Overlap > Begun ? Watermark - Overlap : Begun, now - Grace);

    /// <summary>What is known after a sweep. One that is not complete leaves the watermark where it is: the next one covers the gap.</summary>
    public SweepState After(SweepOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var gaps = Gaps.Concat(outcome.Gaps).Reverse().DistinctBy(gap => gap.Delivery ?? gap.Tag?.Value).Take(MostGaps).Reverse();
        return this with
        {
            Watermark = outcome.Problem is null && outcome.At > Watermark ? outcome.At : Watermark,
            LastAt = outcome.At,
            Problem = outcome.Problem,
            Limit = outcome.Limit,
            Gaps = [.. gaps],
        };
    }
}

/// <summary>The time that a sweep looks at.</summary>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
public sealed record SweepWindow(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Whether something that happened then is looked at.</summary>
    public bool Holds(DateTimeOffset at) => at >= From && at <= Until;
}

/// <summary>How a sweep went.</summary>
/// <param name="At">When it began.</param>
/// <param name="Problem">Why it is not complete; null when it is.</param>
/// <param name="Limit">What it could not see at all, and why; null for nothing.</param>
/// <param name="Gaps">What it found.</param>
public sealed record SweepOutcome(DateTimeOffset At, string? Problem, string? Limit, IReadOnlyList<Gap> Gaps);
