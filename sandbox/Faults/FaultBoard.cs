using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Faults;

/// <summary>The faults that are set, by region.</summary>
public sealed class FaultBoard
{
    private readonly ConcurrentDictionary<string, FaultKind> faults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All that are set.</summary>
    public IReadOnlyDictionary<string, FaultKind> All => faults;

    /// <summary>The region's fault, or null.</summary>
    public FaultKind? In(string region) => faults.TryGetValue(region, out var kind) ? kind : null;

    /// <summary>Sets the region's fault.</summary>
    public void Set(string region, FaultKind kind) => faults[region] = kind;

    /// <summary>Clears the region's fault.</summary>
    public void Clear(string region) => faults.TryRemove(region, out _);
}
