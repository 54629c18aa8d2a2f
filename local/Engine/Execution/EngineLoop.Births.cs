using Microsoft.DurableTask.Client;
using Orchestrator.Engine.History;
using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine.Execution;

/// <summary>The loop's part that brings orchestrations to life: new ones, children, and those of an earlier process.</summary>
internal sealed partial class EngineLoop
{
    /// <summary>What a terminate event carries as its target when the children are to end too.</summary>
    public const string RecursiveMark = "recursive";

    private static readonly OrchestrationRuntimeStatus[] Alive =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private bool Create(InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus> dedupe, Changes changes)
    {
        if (residents.Find(row.Id) is { } before)
        {
            if (dedupe.Contains(before.Row.Status))
            {
                return false;
            }

            changes.Forget(before.Row.Execution);
        }

        var instance = new Instance(row with { Execution = ++lastExecution }, []);
        residents.Add(instance);
        Put(instance, changes);
        Begin(instance);
        return true;
    }

    private void Begin(Instance instance)
    {
        if (instance.IsEarly(Now))
        {
            timers.Add(new(instance.Row.Id, instance.Row.Execution, 0), instance.Row.StartAt);
        }
        else
        {
            instance.Incoming.Add(new(new HistoryEvent(EventKind.Started)));
            Queue(instance);
        }
    }

    private void CreateChild(InstanceRow parent, HistoryEvent action, Changes changes)
    {
        var created = Create(
            new()
            {
                Id = action.Target!,
                Name = action.Name!,
                Version = parent.Version,
                Execution = 0,
                Status = OrchestrationRuntimeStatus.Pending,
                CreatedAt = Now,
                UpdatedAt = Now,
                Input = action.Data,
                ParentId = parent.Id,
                ParentName = parent.Name,
                ParentExecution = parent.Execution,
                ParentTask = action.Task,
            },
            Alive,
            changes);
        if (!created)
        {
            var exists = new OrchestrationAlreadyExistsException(action.Target!, "under way");
            Send(parent.Id, parent.Execution, new(EventKind.TaskFailed, action.Task, Failure: Failure.Of(exists)), changes);
        }
    }

    // Stored with what caused it, so that it is not lost; mostly it is seen in the same batch, and then never stored.
    private void Send(string target, long execution, HistoryEvent message, Changes changes)
    {
        var row = new InboxRow(++lastInboxKey, target, execution, message);
        changes.Add(batch => batch.Sent.Add(row.Key, row));
        outgoing.Enqueue(row);
    }

    private void Recover()
    {
        lastExecution = reader.LastExecution();
        foreach (var row in reader.Unfinished())
        {
            if (IsNewer(row))
            {
                LogNewer(row.Id, row.Version, options.DefaultVersion);
                continue;
            }

            var episodes = reader.Episodes(row.Execution);
            if (episodes.Count == 0)
            {
                var instance = new Instance(row, episodes);
                residents.Add(instance);
                Begin(instance);
            }

            foreach (var action in Outstanding.Of(episodes))
            {
                if (action.Kind == EventKind.ActivityScheduled)
                {
                    activities.Enqueue(new(row.Id, row.Execution, action.Task, action.Name!, action.Data));
                }
                else if (action.Kind == EventKind.TimerCreated)
                {
                    timers.Add(new(row.Id, row.Execution, action.Task), action.At);
                }
            }
        }

        foreach (var message in reader.Inbox())
        {
            lastInboxKey = message.Key;
            Deliver(message.Target, message.Execution, new(message.Event, message.Key));
        }
    }
}
