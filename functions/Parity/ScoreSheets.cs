using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Parity;

/// <summary>The sheets of the stacks that this instance drives, in the store: what was shown for a release, also when later ones have other scores.</summary>
/// <param name="store">The store.</param>
public sealed class ScoreSheets(IStateStore store)
{
    private const string Kind = "score-sheets";
    private const string CaseKind = "score-sheet-cases";

    /// <summary>Keeps a stack's sheet for a release in the place of the one before.</summary>
    public async Task KeepAsync(ScoreSheet sheet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var key = Key(sheet.Tag, sheet.Stack);
        var parts = await store.WritePartsAsync(CaseKind, key, sheet.Cases, cancellationToken);
        await store.ChangeAsync<Stored>(Kind, key, _ => new(sheet with { Cases = [] }, parts), cancellationToken);
    }

    /// <summary>A stack's sheet for a release; null when there is none.</summary>
    public async Task<ScoreSheet?> FindAsync(ReleaseTag tag, StackName stack, CancellationToken cancellationToken) =>
        await store.ReadAsync<Stored>(Kind, Key(tag, stack), cancellationToken) is { } stored
            ? stored.Sheet with { Cases = await store.ReadPartsAsync<CaseScore>(CaseKind, Key(tag, stack), stored.Parts, cancellationToken) }
            : null;

    private static string Key(ReleaseTag tag, StackName stack) => $"{StateKeys.Of(tag)}_{stack}";

    private sealed record Stored(ScoreSheet Sheet, int Parts);
}
