using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Decisions;

/// <summary>What people have decided about each rollout, in the store.</summary>
/// <param name="store">The store.</param>
public sealed class DecisionStore(IStateStore store)
{
    private const string Kind = "decisions";
    private const int MostKept = 50;

    // Two decisions always fit into one entry: the last pause, and whatever came last.
    private const int MostOfTold = 8_000;
    private const int LongestTold = 300;

    /// <summary>The last decisions about a rollout, oldest first.</summary>
    public async Task<IReadOnlyList<DecisionRecord>> ReadAsync(string rollout, CancellationToken cancellationToken) =>
        await store.ReadAsync<IReadOnlyList<DecisionRecord>>(Kind, rollout, cancellationToken) ?? [];

    /// <summary>Keeps a decision, and of those before it as many as fit: the oldest go first.</summary>
    public Task AddAsync(string rollout, DecisionRecord decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var kept = decision with { Told = Fitting(decision.Told) };
        return store.ChangeAsync<IReadOnlyList<DecisionRecord>>(Kind, rollout, before => Fitting([.. before ?? [], kept]), cancellationToken);
    }

    // The last pause or its end stays: without it nobody knows whether the rollout is paused.
    private static List<DecisionRecord> Fitting(List<DecisionRecord> all)
    {
        var pause = all.FindLastIndex(one => one.Kind is DecisionKind.Pause or DecisionKind.Resume);
        while (all.Count > MostKept || (all.Count > 2 && !StateJson.Fits(all)))
        {
            all.RemoveAt(pause == 0 ? 1 : 0);
            pause -= pause == 0 ? 0 : 1;
        }

        return all;
    }

    // What a verification has found may be long, and there may be many regions.
    private static List<string> Fitting(IReadOnlyList<string> told)
    {
        var all = told.Select(one => StateJson.Cut(one, LongestTold)).ToList();
        while (StateJson.Of(all).Length > MostOfTold)
        {
            all.RemoveAt(all.Count - 1);
        }

        return all;
    }
}
