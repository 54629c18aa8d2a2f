using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Retention;

/// <summary>The last purge, in the store.</summary>
/// <param name="store">The store.</param>
public sealed class PurgeStore(IStateStore store)
{
    private const string Kind = "purges";
    private const string Key = "last";
    private const int LongestProblem = 1_000;

    /// <summary>The last purge; null before the first.</summary>
    public Task<LastPurge?> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync<LastPurge>(Kind, Key, cancellationToken);

    /// <summary>Notes a purge.</summary>
    public Task NoteAsync(PurgeReport report, CancellationToken cancellationToken) =>
        store.ChangeAsync<LastPurge>(Kind, Key, _ => LastPurge.Of(report with { Problem = StateJson.Cut(report.Problem, LongestProblem) }), cancellationToken);
}
