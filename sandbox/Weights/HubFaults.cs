using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Weights;

/// <summary>The faults that are set, by path of a file, and how often each has happened.</summary>
internal sealed class HubFaults
{
    private static readonly HubFault None = new();

    private readonly ConcurrentDictionary<string, (HubFault Fault, Count Busy, Count Cuts)> faults = new(StringComparer.Ordinal);

    public void Set(string path, HubFault fault) => faults[path] = (fault, new(fault.Busy), new(fault.Cuts));

    public void Clear(string path) => faults.TryRemove(path, out _);

    public HubFault Of(string path) => faults.TryGetValue(path, out var set) ? set.Fault : None;

    /// <summary>Whether this request is one too many.</summary>
    public bool TakeBusy(string path) => faults.TryGetValue(path, out var set) && set.Busy.Take();

    /// <summary>Whether the connection breaks this time.</summary>
    public bool TakeCut(string path) => faults.TryGetValue(path, out var set) && set.Cuts.Take();

    private sealed class Count(int left)
    {
        private int left = left;

        public bool Take() => Interlocked.Decrement(ref left) >= 0;
    }
}
