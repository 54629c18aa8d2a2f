using Orchestrator.Functions.State;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>All that waits to be written to GitHub, in the store: what is in it gets there, whatever becomes of this process or of GitHub.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock.</param>
public sealed class PendingWrites(IStateStore store, TimeProvider time)
{
    private const string Kind = "github-writes";
    private const string ToldKind = "github-told";

    // As long as an activity may be tried again that reports to GitHub.
    private static readonly TimeSpan ToldKept = TimeSpan.FromDays(2);

    /// <summary>Puts something into the queue, unless GitHub has been told already. It may be put there twice.</summary>
    public async Task AddAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (write is StatusWrite status && !status.IsNewsAfter(await ToldAsync(status, cancellationToken)))
        {
            return;
        }

        await store.ChangeAsync<PendingWrite>(Kind, write.Key, before => before?.OvertakenBy(write) ?? write, cancellationToken);
    }

    /// <summary>All that waits: ends first, then the oldest.</summary>
    public async Task<IReadOnlyList<PendingWrite>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(Kind, cancellationToken)).Select(StateStores.Value<PendingWrite>).OrderBy(write => write.IsEnd ? 0 : 1).ThenBy(write => write.Since)];

    /// <summary>What waits under a key just now; null when nothing does.</summary>
    public async Task<QueuedWrite?> FindAsync(string key, CancellationToken cancellationToken) =>
        await store.ReadAsync(Kind, key, cancellationToken) is { } entry ? new(StateStores.Value<PendingWrite>(entry), entry.Version) : null;

    /// <summary>Takes something out that has been written. What has come to the same place meanwhile stays.</summary>
    public async Task DoneAsync(QueuedWrite queued, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queued);
        await store.TryDeleteAsync(Kind, queued.Write.Key, queued.Version, cancellationToken);
    }

    /// <summary>Has something wait that GitHub has refused; the result is whether it still does.</summary>
    public async Task<bool> RefusedAsync(QueuedWrite queued, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queued);
        if (queued.Write.Refused(time.GetUtcNow()) is null)
        {
            await DoneAsync(queued, cancellationToken);
            return false;
        }

        await store.ChangeAsync<PendingWrite>(Kind, queued.Write.Key, before => (before ?? queued.Write).Refused(time.GetUtcNow()) ?? queued.Write, cancellationToken);
        return true;
    }

    /// <summary>What GitHub has been told of a deployment last; null for nothing, or too long ago.</summary>
    public Task<ToldStatus?> ToldAsync(StatusWrite status, CancellationToken cancellationToken) =>
        store.ReadAsync<ToldStatus>(ToldKind, NotNull(status).Key, cancellationToken);

    /// <summary>Notes that GitHub has been told.</summary>
    public Task NoteToldAsync(StatusWrite status, CancellationToken cancellationToken)
    {
        var told = NotNull(status).Told(time.GetUtcNow());
        return store.ChangeAsync<ToldStatus>(ToldKind, status.Key, before => status.IsNewsAfter(before) ? told : before!, cancellationToken);
    }

    /// <summary>Forgets what GitHub was told so long ago that no report can still be late.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - ToldKept;
        foreach (var entry in (await store.ListAsync(ToldKind, cancellationToken)).Where(entry => StateStores.Value<ToldStatus>(entry).ToldAt < before))
        {
            await store.TryDeleteAsync(ToldKind, entry.Key, entry.Version, cancellationToken);
        }
    }

    private static StatusWrite NotNull(StatusWrite status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status;
    }
}

/// <summary>Something that waits, as it was read.</summary>
/// <param name="Write">What is to be written.</param>
/// <param name="Version">The version of its entry.</param>
public sealed record QueuedWrite(PendingWrite Write, string Version);
