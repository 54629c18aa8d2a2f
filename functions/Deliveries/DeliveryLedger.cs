using System.Security.Cryptography;
using System.Text;
using Orchestrator.Core.Names;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Deliveries;

/// <summary>
/// Every authentic webhook delivery, in the store. It is the record, not the lock: what keeps a release from starting twice is the
/// id of its run, so that a delivery which could not be recorded is no delivery lost. What is not authentic is not recorded:
/// anybody could fill the store with it.
/// </summary>
/// <param name="store">The store.</param>
public sealed class DeliveryLedger(IStateStore store)
{
    private const string Kind = "deliveries";

    /// <summary>The delivery; null when it has never been recorded.</summary>
    public Task<DeliveryEntry?> FindAsync(string id, CancellationToken cancellationToken) => store.ReadAsync<DeliveryEntry>(Kind, Key(id), cancellationToken);

    /// <summary>The delivery that came last; null before the first.</summary>
    public async Task<DeliveryEntry?> LastAsync(CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).MaxBy(entry => entry.LastAt);

    /// <summary>Records a delivery; one that is known already has come once more.</summary>
    public async Task RecordAsync(DeliveryEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var key = Key(entry.Facts.Id);
        if (!await store.TryAddAsync(Kind, key, entry, cancellationToken))
        {
            await store.ChangeAsync<DeliveryEntry>(Kind, key, before => before?.Next(entry) ?? entry, cancellationToken);
        }
    }

    /// <summary>Forgets the deliveries that last came before <paramref name="time"/>; the result is how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var entry in (await store.ListAsync(Kind, cancellationToken)).Where(entry => StateStores.Value<DeliveryEntry>(entry).LastAt < time))
        {
            // One that comes again at this moment stays.
            forgotten += await store.TryDeleteAsync(Kind, entry.Key, entry.Version, cancellationToken) ? 1 : 0;
        }

        return forgotten;
    }

    private async Task<IEnumerable<DeliveryEntry>> AllAsync(CancellationToken cancellationToken) =>
        (await store.ListAsync(Kind, cancellationToken)).Select(StateStores.Value<DeliveryEntry>);

    // GitHub's ids are GUIDs; whatever else signs with the secret gets a key that every store takes.
    private static string Key(string id) =>
        Guid.TryParse(id, out var guid) ? guid.ToString() : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
