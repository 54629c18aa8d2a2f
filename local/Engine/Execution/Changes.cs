using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine.Execution;

/// <summary>Changes that belong together: they go into the same batch, or none does.</summary>
internal sealed class Changes
{
    private readonly List<Action<Batch>> changes = [];
    private readonly List<Instance> touched = [];

    public void Add(Action<Batch> change) => changes.Add(change);

    public void Put(Instance instance)
    {
        var row = instance.Row;
        touched.Add(instance);
        changes.Add(batch =>
        {
            batch.Purged.Remove(row.Id);
            batch.Instances[row.Id] = row;
        });
    }

    public void Forget(long execution) => changes.Add(batch => batch.ForgottenExecutions.Add(execution));

    /// <summary>A message that has been seen. One that was sent in this very batch need not be stored at all.</summary>
    public void Received(long inboxKey) => changes.Add(batch =>
    {
        if (!batch.Sent.Remove(inboxKey))
        {
            batch.Received.Add(inboxKey);
        }
    });

    public void AddTo(BatchWriter writer)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var number = writer.Add(batch => changes.ForEach(change => change(batch)));
        touched.ForEach(instance => instance.LastBatch = number);
    }
}
