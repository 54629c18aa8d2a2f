using Orchestrator.Core.Writes;
using Orchestrator.Functions.Settings;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>The budget of writes and whose turn it is, in the store: a process that is started anew forgets neither.</summary>
/// <param name="store">The store.</param>
/// <param name="name">Who this is.</param>
/// <param name="settings">The limits.</param>
/// <param name="time">The clock.</param>
public sealed class WriterStore(IStateStore store, WriterName name, OrchestratorSettings settings, TimeProvider time)
{
    private const string Kind = "github-writer";
    private const string Key = "writer";

    private WriteLimits Limits => settings.GitHub.Writes;

    /// <summary>What is known.</summary>
    public async Task<WriterState> ReadAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync<WriterState>(Kind, Key, cancellationToken) ?? WriterState.Empty;

    /// <summary>Whether this one may write: nobody else does.</summary>
    public Task<bool> HoldAsync(CancellationToken cancellationToken) => ChangeAsync(state => state.Ask(name.Value, time.GetUtcNow()), cancellationToken);

    /// <summary>Whether one more write may be for this, at this moment.</summary>
    public Task<bool> MayWriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        return ChangeAsync(state => state.Take(name.Value, write.IsEnd ? Limits : Limits.BesideEnds, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Whether anything could be written just now.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (await ReadAsync(cancellationToken)).Budget.Next(Limits, now) <= now;
    }

    /// <summary>Lets others write.</summary>
    public Task LetGoAsync(CancellationToken cancellationToken) => ChangeAsync(state => state.LetGo(name.Value), cancellationToken);

    /// <summary>Notes that GitHub has answered as it should.</summary>
    public Task AnsweredAsync(CancellationToken cancellationToken) => ChangeAsync(state => state with { Budget = state.Budget.Answered() }, cancellationToken);

    /// <summary>Notes that GitHub asks for patience, or does not answer.</summary>
    public Task NoteAsync(WriteFailure failure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var now = time.GetUtcNow();
        return ChangeAsync(
            state => state with { Budget = failure.Kind == WriteFailureKind.Limited ? state.Budget.Limited(now, failure.Until, failure.Why) : state.Budget.Down(now, failure.Why) },
            cancellationToken);
    }

    /// <summary>Notes that GitHub refuses something.</summary>
    public Task NoteAsync(WriteRefusal refusal, CancellationToken cancellationToken) => ChangeAsync(state => state.With(refusal), cancellationToken);

    /// <summary>Whether it is time to forget what is old; asked once, it is not for another day.</summary>
    public Task<bool> IsTidyingDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(state => now - state.TidiedAt < TimeSpan.FromDays(1) ? (state, false) : (state with { TidiedAt = now }, true), cancellationToken);
    }

    private Task<WriterState> ChangeAsync(Func<WriterState, WriterState> change, CancellationToken cancellationToken) =>
        store.ChangeAsync<WriterState>(Kind, Key, before => change(before ?? WriterState.Empty), cancellationToken);

    private Task<bool> ChangeAsync(Func<WriterState, (WriterState After, bool Result)> change, CancellationToken cancellationToken) =>
        store.ChangeAsync<WriterState, bool>(Kind, Key, before => change(before ?? WriterState.Empty), cancellationToken);
}

/// <summary>
/// Who writes to GitHub: a name of its own for each process that may run beside others. One that is always alone on its state has
/// the same name each time, so that after it was killed the next one goes on at once.
/// </summary>
/// <param name="Value">The name.</param>
public sealed record WriterName(string Value);
