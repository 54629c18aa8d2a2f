using System.Text.Json;

namespace Orchestrator.Functions.State;

/// <summary>Reading and changing entries as values.</summary>
public static class StateStores
{
    private const int MostTries = 100;

    /// <summary>The entry as a value, or null when there is none.</summary>
    public static async Task<T?> ReadAsync<T>(this IStateStore store, string kind, string key, CancellationToken cancellationToken)
        where T : class =>
        await NotNull(store).ReadAsync(kind, key, cancellationToken) is { } entry ? Value<T>(entry) : null;

    /// <summary>Adds an entry; false when there is one already.</summary>
    public static Task<bool> TryAddAsync<T>(this IStateStore store, string kind, string key, T value, CancellationToken cancellationToken)
        where T : class =>
        NotNull(store).TryWriteAsync(kind, key, StateJson.Of(value), version: null, cancellationToken);

    /// <summary>
    /// Changes an entry by a pure function of what it is, again and again until nobody else was quicker. What the function makes
    /// of the entry is written, unless it is the same.
    /// </summary>
    /// <exception cref="IOException">So many others change the entry that this change did not come through.</exception>
    public static async Task<TResult> ChangeAsync<T, TResult>(
        this IStateStore store,
        string kind,
        string key,
        Func<T?, (T After, TResult Result)> change,
        CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var entry = await NotNull(store).ReadAsync(kind, key, cancellationToken);
            var before = entry is null ? null : Value<T>(entry);
            var (after, result) = change(before);
            var json = StateJson.Of(after);
            if (json == entry?.Json || await store.TryWriteAsync(kind, key, json, entry?.Version, cancellationToken))
            {
                return result;
            }
        }

        throw new IOException($"{kind}/{key} is changed by so many at once that a change did not come through in {MostTries} tries.");
    }

    /// <summary>Changes an entry by a pure function of what it is; the result is what it is now.</summary>
    /// <exception cref="IOException">So many others change the entry that this change did not come through.</exception>
    public static Task<T> ChangeAsync<T>(this IStateStore store, string kind, string key, Func<T?, T> change, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(change);
        return store.ChangeAsync<T, T>(kind, key, before =>
        {
            var after = change(before);
            return (after, after);
        }, cancellationToken);
    }

    /// <summary>Deletes an entry, whatever it is by now.</summary>
    public static async Task DeleteAsync(this IStateStore store, string kind, string key, CancellationToken cancellationToken)
    {
        while (await NotNull(store).ReadAsync(kind, key, cancellationToken) is { } entry
            && !await store.TryDeleteAsync(kind, key, entry.Version, cancellationToken))
        {
        }
    }

    /// <summary>The entry as a value.</summary>
    internal static T Value<T>(StateEntry entry) =>
        JsonSerializer.Deserialize<T>(entry.Json, JsonSerializerOptions.Web) ?? throw new JsonException($"The entry {entry.Key} is empty.");

    private static IStateStore NotNull(IStateStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store;
    }
}
