using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Faults;

/// <summary>The faults that are set, by region.</summary>
public sealed class FaultBoard
{
    private readonly ConcurrentDictionary<string, (FaultKind Kind, FaultReach Reach)> faults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All that are set.</summary>
    public IReadOnlyDictionary<string, FaultKind> All => faults.ToDictionary(fault => fault.Key, fault => fault.Value.Kind);

    /// <summary>The region's fault, or null.</summary>
    public FaultKind? In(string region) => faults.TryGetValue(region, out var fault) ? fault.Kind : null;

    /// <summary>What a revision that is made now in the region will suffer from, or null.</summary>
    public FaultKind? OfNext(string region) => faults.TryGetValue(region, out var fault) && fault.Reach == FaultReach.Next ? fault.Kind : null;

    /// <summary>What every answer of the region suffers from just now, or null.</summary>
    public FaultKind? OfAll(string region) => faults.TryGetValue(region, out var fault) && fault.Reach == FaultReach.All ? fault.Kind : null;

    /// <summary>Sets the region's fault.</summary>
    public void Set(string region, FaultKind kind, FaultReach reach = FaultReach.Next) => faults[region] = (kind, reach);

    /// <summary>Clears the region's fault.</summary>
    public void Clear(string region) => faults.TryRemove(region, out _);
}
