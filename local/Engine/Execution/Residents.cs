using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine.Execution;

/// <summary>The orchestrations in memory. The rest is in the store, and comes back when something happens to it.</summary>
internal sealed class Residents(int most, EngineReader reader, BatchWriter writer)
{
    private readonly Dictionary<string, Instance> instances = [];
    private long turn;

    public Instance? Find(string id)
    {
        if (instances.TryGetValue(id, out var instance))
        {
            return instance;
        }

        // Not in memory means that everything about it is on disk.
        if (reader.Find(id, withData: true) is not { } row)
        {
            return null;
        }

        instance = new(row, row.HasEnded ? [] : reader.Episodes(row.Execution));
        instances.Add(id, instance);
        return instance;
    }

    public void Add(Instance instance) => instances[instance.Row.Id] = instance;

    public void Remove(string id) => instances.Remove(id);

    public void Touch(Instance instance) => instance.LastTurn = turn;

    /// <summary>Lets go of ended orchestrations, and of the longest unused when there are too many; never of one that is ahead of the store.</summary>
    public void Shrink()
    {
        turn++;
        if (instances.Count <= most)
        {
            return;
        }

        var committed = writer.LastCommitted;
        var idle = instances.Values.Where(instance => instance.Incoming.Count == 0 && !instance.IsQueued && instance.LastBatch <= committed);
        foreach (var instance in idle.OrderBy(instance => instance.Row.HasEnded ? -1 : instance.LastTurn).Take(instances.Count - (most * 3 / 4)).ToArray())
        {
            instances.Remove(instance.Row.Id);
        }
    }
}
