using System.Text.Json;

namespace Orchestrator.Functions.State;

/// <summary>Reading and changing entries as values.</summary>
internal static class StateStores
{
    private const int MostTries = 100;

    public static async Task<T?> ReadAsync<T>(this IStateStore store, string kind, string key, CancellationToken cancellationToken)
        where T : class =>
        await store.ReadAsync(kind, key, cancellationToken) is { } entry ? Value<T>(entry) : null;

    /// <summary>
    /// Changes an entry by a pure function of what it is, again and again until nobody else was quicker. What the function makes
    /// of the entry is written, unless it is the same.
    /// </summary>
    public static async Task<TResult> ChangeAsync<T, TResult>(
        this IStateStore store,
        string kind,
        string key,
        Func<T?, (T After, TResult Result)> change,
        CancellationToken cancellationToken)
        where T : class
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var entry = await store.ReadAsync(kind, key, cancellationToken);
            var before = entry is null ? null : Value<T>(entry);
            var (after, result) = change(before);
            var json = JsonSerializer.Serialize(after, JsonSerializerOptions.Web);
            if (json == entry?.Json || await store.TryWriteAsync(kind, key, json, entry?.Version, cancellationToken))
            {
                return result;
            }
        }

        throw new IOException($"{kind}/{key} is changed by so many at once that a change did not come through in {MostTries} tries.");
    }

    /// <summary>The entry as a value.</summary>
    public static T Value<T>(StateEntry entry) =>
        JsonSerializer.Deserialize<T>(entry.Json, JsonSerializerOptions.Web) ?? throw new JsonException($"The entry {entry.Key} is empty.");
}
