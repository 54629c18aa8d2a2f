using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Decisions;

/// <summary>What people have decided about each rollout, in the store.</summary>
/// <param name="store">The store.</param>
public sealed class DecisionStore(IStateStore store)
{
    private const string Kind = "decisions";
    private const int MostKept = 50;

    /// <summary>The last decisions about a rollout, oldest first.</summary>
    public async Task<IReadOnlyList<DecisionRecord>> ReadAsync(string rollout, CancellationToken cancellationToken) =>
        await store.ReadAsync<IReadOnlyList<DecisionRecord>>(Kind, rollout, cancellationToken) ?? [];

    /// <summary>Keeps a decision.</summary>
    public Task AddAsync(string rollout, DecisionRecord decision, CancellationToken cancellationToken) =>
        store.ChangeAsync<IReadOnlyList<DecisionRecord>>(Kind, rollout, before => [.. (before ?? []).TakeLast(MostKept - 1), decision], cancellationToken);
}
