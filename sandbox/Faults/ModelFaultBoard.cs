using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Faults;

/// <summary>The faults of models that are set, by the name of the model, of its deployment, or that it is served under.</summary>
public sealed class ModelFaultBoard
{
    private readonly ConcurrentDictionary<string, (ModelFaultKind Kind, double Share)> faults = new(StringComparer.OrdinalIgnoreCase);
    private int asked;

    /// <summary>All that are set.</summary>
    public IReadOnlyDictionary<string, ModelFaultKind> All => faults.ToDictionary(fault => fault.Key, fault => fault.Value.Kind);

    /// <summary>Sets the fault of a model or deployment.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="kind">The fault.</param>
    /// <param name="share">The share of the requests that meet it, 0 to 1 in tenths.</param>
    public void Set(string target, ModelFaultKind kind, double share = 1) => faults[target] = (kind, share);

    /// <summary>Clears the fault of a model or deployment.</summary>
    public void Clear(string target) => faults.TryRemove(target, out _);

    /// <summary>The fault of something with those names and the share of the requests that meet it; none when none is set.</summary>
    internal (ModelFaultKind? Kind, double Share) Find(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (faults.TryGetValue(name, out var fault))
            {
                return fault;
            }
        }

        return (null, 0);
    }

    /// <summary>What the next request to something with those names meets, or null.</summary>
    internal ModelFaultKind? Next(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            // 7 has no divisor in common with 10: of ten requests in a row just the share is hit, well mixed.
            if (faults.TryGetValue(name, out var fault) && (uint)Interlocked.Increment(ref asked) * 7 % 10 / 10.0 < fault.Share)
            {
                return fault.Kind;
            }
        }

        return null;
    }
}
