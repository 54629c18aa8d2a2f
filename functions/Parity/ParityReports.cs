using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Parity;

/// <summary>The parity reports of all releases, and which of them are judged again, in the store.</summary>
/// <param name="store">The store.</param>
public sealed class ParityReports(IStateStore store)
{
    private const string Kind = "parity-reports";
    private const string LineKind = "parity-lines";
    private const string CaseKind = "parity-cases";
    private const string PendingKind = "parity-pending";

    // An entry of the store has to stay small; a suite has few categories.
    private const int MostDifferences = 50;

    /// <summary>Keeps a release's report in the place of the one before.</summary>
    public async Task KeepAsync(ReleaseKey release, DateTimeOffset at, ParityReport report, bool isPending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(report);
        var key = StateKeys.Of(release.Tag);
        var lines = await store.WritePartsAsync(LineKind, key, report.Lines, cancellationToken);
        var cases = await store.WritePartsAsync(CaseKind, key, report.Cases, cancellationToken);
        var head = new ParityHead(
            release,
            at,
            new(report.Verdict, report.Reason, isPending),
            report.Lines.Take(MostDifferences).ToDictionary(line => line.Name, line => line.Difference),
            report with { Lines = [], Cases = [] },
            lines,
            cases);
        await store.ChangeAsync<ParityHead>(Kind, key, _ => head, cancellationToken);
    }

    /// <summary>What a release's report comes to; null when there is none.</summary>
    public Task<ParityHead?> HeadAsync(ReleaseTag tag, CancellationToken cancellationToken) => store.ReadAsync<ParityHead>(Kind, StateKeys.Of(tag), cancellationToken);

    /// <summary>What all reports come to, newest first.</summary>
    public async Task<IReadOnlyList<ParityHead>> HeadsAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(Kind, cancellationToken)).Select(StateStores.Value<ParityHead>).OrderByDescending(head => head.At)];

    /// <summary>A release's report in full; null when there is none.</summary>
    public async Task<(ParityHead Head, ParityReport Report)?> FindAsync(ReleaseTag tag, CancellationToken cancellationToken)
    {
        if (await HeadAsync(tag, cancellationToken) is not { } head)
        {
            return null;
        }

        var key = StateKeys.Of(tag);
        return (head, head.Report with
        {
            Lines = await store.ReadPartsAsync<ParityLine>(LineKind, key, head.Lines, cancellationToken),
            Cases = await store.ReadPartsAsync<ParityCase>(CaseKind, key, head.Cases, cancellationToken),
        });
    }

    /// <summary>All that are judged again.</summary>
    public async Task<IReadOnlyList<PendingParity>> PendingAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(PendingKind, cancellationToken)).Select(StateStores.Value<PendingParity>)];

    /// <summary>Notes that a release is judged again; the result is since when.</summary>
    public async Task<DateTimeOffset> WaitAsync(ParityOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var pending = await store.ChangeAsync<PendingParity>(
            PendingKind,
            StateKeys.Of(order.Key.Tag),
            before => new(order, before?.Order.Key == order.Key ? before.Since : now),
            cancellationToken);
        return pending.Since;
    }

    /// <summary>Notes that a release is not judged again.</summary>
    public Task EndAsync(ParityOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return store.DeleteAsync(PendingKind, StateKeys.Of(order.Key.Tag), cancellationToken);
    }
}

/// <summary>What a release's parity report comes to.</summary>
/// <param name="Key">Which attempt at which release.</param>
/// <param name="At">When it was judged.</param>
/// <param name="Outcome">What it comes to.</param>
/// <param name="Differences">How far the stacks are apart, by line.</param>
/// <param name="Report">The report without its lines and cases.</param>
/// <param name="Lines">How many parts hold its lines.</param>
/// <param name="Cases">How many parts hold its cases.</param>
public sealed record ParityHead(
    ReleaseKey Key,
    DateTimeOffset At,
    ParityOutcome Outcome,
    IReadOnlyDictionary<string, double?> Differences,
    ParityReport Report,
    int Lines,
    int Cases);

/// <summary>A release that is judged again.</summary>
/// <param name="Order">How.</param>
/// <param name="Since">Since when it waits.</param>
public sealed record PendingParity(ParityOrder Order, DateTimeOffset Since);
