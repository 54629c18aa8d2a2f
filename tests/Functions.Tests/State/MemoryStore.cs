using System.Collections.Concurrent;
using System.Globalization;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Tests.State;

/// <summary>A store in memory that takes no more than every store has to.</summary>
internal sealed class MemoryStore : IStateStore
{
    private readonly ConcurrentDictionary<(string Kind, string Key), (string Json, int Version)> entries = new();

    /// <summary>The keys of a kind.</summary>
    public IReadOnlyList<string> Keys(string kind) => [.. entries.Keys.Where(one => one.Kind == kind).Select(one => one.Key)];

    public Task<StateEntry?> ReadAsync(string kind, string key, CancellationToken cancellationToken) =>
        Task.FromResult(entries.TryGetValue((kind, key), out var found) ? Entry(key, found) : null);

    public Task<IReadOnlyList<StateEntry>> ListAsync(string kind, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StateEntry>>([.. entries.Where(one => one.Key.Kind == kind).OrderBy(one => one.Key.Key, StringComparer.Ordinal).Select(one => Entry(one.Key.Key, one.Value))]);

    public Task<bool> TryWriteAsync(string kind, string key, string json, string? version, CancellationToken cancellationToken)
    {
        StateLimits.Check(kind, key, json);
        return Task.FromResult(version is null
            ? entries.TryAdd((kind, key), (json, 1))
            : entries.TryGetValue((kind, key), out var before) && Text(before.Version) == version && entries.TryUpdate((kind, key), (json, before.Version + 1), before));
    }

    public Task<bool> TryDeleteAsync(string kind, string key, string version, CancellationToken cancellationToken) =>
        Task.FromResult(entries.TryGetValue((kind, key), out var before) && Text(before.Version) == version && entries.TryRemove(new((kind, key), before)));

    private static StateEntry Entry(string key, (string Json, int Version) found) => new(key, found.Json, Text(found.Version));

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
