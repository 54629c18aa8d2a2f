using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine.Execution;

/// <summary>Who waits for an orchestration to reach a state. They are told when that state is on disk.</summary>
internal sealed class InstanceWaiters
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, List<(Func<InstanceRow, bool> Reached, TaskCompletionSource Completion)>> waiters = [];

    public Task Add(string instanceId, Func<InstanceRow, bool> reached)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (turn)
        {
            if (!waiters.TryGetValue(instanceId, out var list))
            {
                waiters[instanceId] = list = [];
            }

            list.Add((reached, completion));
        }

        return completion.Task;
    }

    public void Changed(InstanceRow row)
    {
        lock (turn)
        {
            if (!waiters.TryGetValue(row.Id, out var list))
            {
                return;
            }

            foreach (var waiter in list.Where(waiter => waiter.Reached(row)))
            {
                waiter.Completion.TrySetResult();
            }

            list.RemoveAll(waiter => waiter.Completion.Task.IsCompleted);
            if (list.Count == 0)
            {
                waiters.Remove(row.Id);
            }
        }
    }
}
