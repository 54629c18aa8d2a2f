namespace Orchestrator.Functions.State;

/// <summary>
/// What every store takes, which is what an Azure table does: 1 KiB of a row key and 64 KiB of a property, both in UTF-16. A store that
/// could hold more holds to it too, so that what works with one works with all. Source: "Understanding the Table service data model".
/// </summary>
public static class StateLimits
{
    /// <summary>The longest key, in characters.</summary>
    public const int LongestKey = 500;

    /// <summary>The longest entry, in characters.</summary>
    public const int LongestJson = 32_000;

    /// <summary>Refuses what not every store would take.</summary>
    /// <exception cref="ArgumentException">The key or the entry is too long.</exception>
    public static void Check(string kind, string key, string json)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(json);
        if (key.Length > LongestKey)
        {
            throw new ArgumentException($"expected a key of at most {LongestKey} characters in {kind}, found {key.Length}: {key}", nameof(key));
        }

        if (json.Length > LongestJson)
        {
            throw new ArgumentException($"expected an entry of at most {LongestJson} characters at {kind}/{key}, found {json.Length}", nameof(json));
        }
    }
}
