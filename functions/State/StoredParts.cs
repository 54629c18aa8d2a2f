namespace Orchestrator.Functions.State;

/// <summary>Lists that one entry of the store might not hold, as entries of their own: <c>ID.0</c>, <c>ID.1</c> and so on.</summary>
internal static class StoredParts
{
    // One item is far smaller than what is left of an entry.
    private const int MostInOnePart = 16_000;

    /// <summary>Writes a list; the result is how many parts it has, which the reader has to know.</summary>
    public static async Task<int> WritePartsAsync<T>(this IStateStore store, string kind, string id, IReadOnlyList<T> all, CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var part in Parts(all))
        {
            // What a write that was cut short has left may be older than what there is now.
            await store.ChangeAsync<IReadOnlyList<T>>(kind, Key(id, number++), _ => part, cancellationToken);
        }

        return number;
    }

    /// <summary>Reads so many parts of a list.</summary>
    public static async Task<IReadOnlyList<T>> ReadPartsAsync<T>(this IStateStore store, string kind, string id, int parts, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        for (var number = 0; number < parts; number++)
        {
            all.AddRange(await store.ReadAsync<IReadOnlyList<T>>(kind, Key(id, number), cancellationToken) ?? []);
        }

        return all;
    }

    private static IEnumerable<IReadOnlyList<T>> Parts<T>(IReadOnlyList<T> all)
    {
        var (part, length) = (new List<T>(), 0);
        foreach (var item in all)
        {
            part.Add(item);
            length += StateJson.Of(item).Length;
            if (length > MostInOnePart)
            {
                yield return part;
                (part, length) = ([], 0);
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static string Key(string id, int number) => StateKeys.Fitting($"{id}.{number}");
}
