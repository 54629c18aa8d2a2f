namespace Orchestrator.Functions.State;

/// <summary>
/// A small store for what belongs neither to Azure's own state nor to a durable instance: lanes, switches, marks. Entries are JSON
/// texts under a kind and a key; writers find out when somebody else was quicker.
/// </summary>
public interface IStateStore
{
    /// <summary>The entry, or null when there is none.</summary>
    /// <param name="kind">What kind of entry: lower-case letters and hyphens.</param>
    /// <param name="key">Which one: letters, digits and . _ - + =, at most <see cref="StateLimits.LongestKey"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<StateEntry?> ReadAsync(string kind, string key, CancellationToken cancellationToken);

    /// <summary>All entries of a kind, by key.</summary>
    Task<IReadOnlyList<StateEntry>> ListAsync(string kind, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an entry if it still is as it was read; false when it is not. <paramref name="version"/> is the entry's
    /// <see cref="StateEntry.Version"/>, or null when there was none.
    /// </summary>
    /// <exception cref="ArgumentException">The entry is longer than <see cref="StateLimits"/> allow.</exception>
    Task<bool> TryWriteAsync(string kind, string key, string json, string? version, CancellationToken cancellationToken);

    /// <summary>Deletes an entry if it still is as it was read; false when it is not.</summary>
    Task<bool> TryDeleteAsync(string kind, string key, string version, CancellationToken cancellationToken);
}

/// <summary>An entry of the store.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Json">Its content.</param>
/// <param name="Version">Changes with each write.</param>
public sealed record StateEntry(string Key, string Json, string Version);
