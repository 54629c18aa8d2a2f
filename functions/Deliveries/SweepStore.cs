using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Deliveries;

/// <summary>What the sweeps know, in the store.</summary>
/// <param name="store">The store.</param>
public sealed class SweepStore(IStateStore store)
{
    private const string Kind = "sweeps";
    private const string Key = "github";
    private const int LongestProblem = 1_000;

    /// <summary>What is known; null before the first start.</summary>
    public Task<SweepState?> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync<SweepState>(Kind, Key, cancellationToken);

    /// <summary>Notes the first start, unless there was one before.</summary>
    public Task<SweepState> BeginAsync(DateTimeOffset now, CancellationToken cancellationToken) => ChangeAsync(now, state => state, cancellationToken);

    /// <summary>Changes what is known by a pure function.</summary>
    public Task<SweepState> ChangeAsync(DateTimeOffset now, Func<SweepState, SweepState> change, CancellationToken cancellationToken) =>
        store.ChangeAsync<SweepState>(Kind, Key, before => Fitting(change(before ?? SweepState.At(now))), cancellationToken);

    // What was found last stays: the rest has been done, and is in the ledger.
    private static SweepState Fitting(SweepState state)
    {
        var kept = state with { Problem = StateJson.Cut(state.Problem, LongestProblem) };
        while (kept.Gaps.Count > 0 && !StateJson.Fits(kept))
        {
            kept = kept with { Gaps = [.. kept.Gaps.Skip(1)] };
        }

        return kept;
    }
}
