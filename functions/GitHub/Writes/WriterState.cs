using Orchestrator.Core.Writes;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>What is known of the writing to GitHub beside what waits.</summary>
/// <param name="Budget">How much has been written, and until when nothing may be.</param>
/// <param name="Holder">Who writes; null for nobody. One at a time: two might make a deployment twice.</param>
/// <param name="HeldUntil">Until when nobody else may, unless its holder says that it still does.</param>
/// <param name="Refused">What GitHub has refused of late, the latest last.</param>
/// <param name="TidiedAt">When what is old was last forgotten.</param>
public sealed record WriterState(WriteBudget Budget, string? Holder, DateTimeOffset HeldUntil, IReadOnlyList<WriteRefusal> Refused, DateTimeOffset TidiedAt)
{
    // More than the longest request, together with all that is read between two writes.
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    private const int MostRefused = 20;

    /// <summary>What is known at first.</summary>
    public static WriterState Empty { get; } = new(WriteBudget.Empty, null, DateTimeOffset.MinValue, [], DateTimeOffset.MinValue);

    /// <summary>The state after somebody has asked to write, and whether they may.</summary>
    public (WriterState After, bool IsHolder) Ask(string name, DateTimeOffset now) =>
        Holder is null || Holder == name || HeldUntil <= now ? (this with { Holder = name, HeldUntil = now + Hold }, true) : (this, false);

    /// <summary>The state after the holder has asked for one write, and whether it may be.</summary>
    public (WriterState After, bool MayWrite) Take(string name, WriteLimits limits, DateTimeOffset now)
    {
        var (held, isHolder) = Ask(name, now);
        var (budget, mayWrite) = isHolder ? held.Budget.Take(limits, now) : (Budget, false);
        return (held with { Budget = budget }, mayWrite);
    }

    /// <summary>The state after the holder has let go.</summary>
    public WriterState LetGo(string name) => Holder == name ? this with { Holder = null } : this;

    /// <summary>The state with something that GitHub has refused: once, whatever is refused in the same place again.</summary>
    public WriterState With(WriteRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return this with { Refused = [.. Refused.Where(one => one.About != refusal.About).Append(refusal).TakeLast(MostRefused)] };
    }
}

/// <summary>Something that GitHub has refused to take.</summary>
/// <param name="About">What it was about.</param>
/// <param name="At">When.</param>
/// <param name="Why">What GitHub said.</param>
/// <param name="IsGivenUp">Whether it is not tried again.</param>
public sealed record WriteRefusal(string About, DateTimeOffset At, string Why, bool IsGivenUp);
