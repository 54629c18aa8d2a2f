using Orchestrator.Functions.State;

namespace Orchestrator.EndToEnd.Tests.Deliveries;

/// <summary>A store that is down for some kinds of entries, as long as they are named.</summary>
internal sealed class GatedStore(IStateStore inner, Func<IReadOnlySet<string>> down) : IStateStore, IDisposable
{
    public Task<StateEntry?> ReadAsync(string kind, string key, CancellationToken cancellationToken) => Open(kind).ReadAsync(kind, key, cancellationToken);

    public Task<IReadOnlyList<StateEntry>> ListAsync(string kind, CancellationToken cancellationToken) => Open(kind).ListAsync(kind, cancellationToken);

    public Task<bool> TryWriteAsync(string kind, string key, string json, string? version, CancellationToken cancellationToken) =>
        Open(kind).TryWriteAsync(kind, key, json, version, cancellationToken);

    public Task<bool> TryDeleteAsync(string kind, string key, string version, CancellationToken cancellationToken) =>
        Open(kind).TryDeleteAsync(kind, key, version, cancellationToken);

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private IStateStore Open(string kind) => down().Contains(kind) ? throw new IOException($"The store is down for {kind}.") : inner;
}
