using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.History;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine.Execution;

/// <summary>The loop's part that runs episodes and draws their consequences.</summary>
internal sealed partial class EngineLoop
{
    private void RunEpisode(Instance instance)
    {
        var changes = new Changes();
        var deliveries = instance.Incoming.ToArray();
        instance.Incoming.Clear();
        foreach (var delivery in deliveries)
        {
            if (delivery.InboxKey != 0)
            {
                changes.Received(delivery.InboxKey);
            }

            if (delivery.Acknowledge is { } waiting)
            {
                changes.Add(batch => batch.Awaiting.Add(waiting));
            }
        }

        if (deliveries.FirstOrDefault(delivery => delivery.Event.Kind == EventKind.Terminated) is { } terminated)
        {
            Terminate(instance, terminated.Event, changes);
        }
        else
        {
            Advance(instance, deliveries, changes);
        }

        Commit(changes);
        if (options.ReplayEveryEpisode)
        {
            instance.Session = null;
        }
    }

    private void Advance(Instance instance, Delivery[] deliveries, Changes changes)
    {
        try
        {
            var session = instance.Session ??= Replay(instance);
            HistoryEvent[] incoming = [.. deliveries.Select(delivery => delivery.Event).Where(happened => IsExpected(session, instance, happened))];
            if (incoming.Length > 0)
            {
                Record(instance, session, new(Now, incoming, []), changes);
            }
        }
        catch (NonDeterministicOrchestrationException failure)
        {
            LogNotDeterministic(failure.Message);
            End(instance, OrchestrationEnd.Failed(Failure.Of(failure)), changes);
        }
    }

    private OrchestrationSession Replay(Instance instance)
    {
        var row = instance.Row;
        var parent = row.ParentId is null ? null : new ParentOrchestrationInstance(row.ParentName!, row.ParentId);
        var session = new OrchestrationSession(
            new(row.Id, row.Name, row.Version, row.Execution, row.Input, parent, row.ParentTask),
            functions,
            converter,
            options.LoggerFactory);
        foreach (var episode in instance.Episodes)
        {
            session.Replay(episode);
        }

        session.OnForeignContinuation = () => Post(() => FailForeign(row.Id, row.Execution));
        return session;
    }

    // Activities run at least once and timers can be cancelled: what nobody waits for any more leaves no trace.
    private static bool IsExpected(OrchestrationSession session, Instance instance, HistoryEvent happened) => happened.Kind switch
    {
        EventKind.TaskCompleted or EventKind.TaskFailed or EventKind.TimerFired => session.Expects(happened.Task),
        EventKind.Started => instance.Episodes.Count == 0,
        EventKind.Suspended => !session.IsSuspended,
        EventKind.Resumed => session.IsSuspended,
        _ => true,
    };

    private void Record(Instance instance, OrchestrationSession session, Episode begun, Changes changes)
    {
        var outcome = session.Run(begun.At, begun.Incoming);
        var episode = begun with { Actions = outcome.Actions };
        var number = instance.Episodes.Count;
        var execution = instance.Row.Execution;
        instance.Episodes.Add(episode);
        instance.Row = instance.Row with
        {
            Status = session.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running,
            UpdatedAt = begun.At,
            CustomStatus = outcome.CustomStatus is { } shown ? shown.Data : instance.Row.CustomStatus,
        };
        changes.Add(batch => batch.Episodes.Add((execution, number, episode)));
        foreach (var action in outcome.Actions)
        {
            Carry(instance, action, changes);
        }

        if (outcome.End is { } end)
        {
            End(instance, end, changes);
        }
        else
        {
            Put(instance, changes);
        }
    }

    private void Carry(Instance instance, HistoryEvent action, Changes changes)
    {
        var row = instance.Row;
        switch (action.Kind)
        {
            case EventKind.ActivityScheduled:
                changes.Add(batch => batch.Committed.Add(() => activities.Enqueue(new(row.Id, row.Execution, action.Task, action.Name!, action.Data))));
                break;
            case EventKind.TimerCreated:
                timers.Add(new(row.Id, row.Execution, action.Task), action.At);
                break;
            case EventKind.SubOrchestrationCreated:
                CreateChild(row, action, changes);
                break;
            case EventKind.EventSent:
                Send(action.Target!, 0, new(EventKind.EventRaised, Name: action.Name, Data: action.Data), changes);
                break;
        }
    }

    private void End(Instance instance, OrchestrationEnd end, Changes changes)
    {
        if (end.Continues)
        {
            ContinueAsNew(instance, end, changes);
            return;
        }

        instance.Session = null;
        instance.Episodes = [];
        instance.Row = instance.Row with
        {
            Status = end.Failure is null ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed,
            UpdatedAt = Now,
            Output = end.Output,
            Failure = end.Failure,
        };
        Put(instance, changes);
        TellParent(instance.Row, changes);
    }

    private void TellParent(InstanceRow row, Changes changes)
    {
        if (row.ParentId is { } parent)
        {
            HistoryEvent ended = row.Failure is null && row.Status == OrchestrationRuntimeStatus.Completed
                ? new(EventKind.TaskCompleted, row.ParentTask, Data: row.Output)
                : new(EventKind.TaskFailed, row.ParentTask, Failure: row.Failure ?? new("Terminated", $"Sub-orchestration '{row.Id}' was terminated.", null, null));
            Send(parent, row.ParentExecution, ended, changes);
        }
    }

    private void ContinueAsNew(Instance instance, OrchestrationEnd end, Changes changes)
    {
        changes.Forget(instance.Row.Execution);
        instance.Session = null;
        instance.Episodes = [];
        instance.Row = instance.Row with { Execution = ++lastExecution, Input = end.Output, UpdatedAt = Now, StartAt = 0, CustomStatus = null };
        Put(instance, changes);
        Deliver(instance.Row.Id, instance.Row.Execution, new(new HistoryEvent(EventKind.Started)));
        foreach (var (name, data) in end.KeptEvents)
        {
            Send(instance.Row.Id, instance.Row.Execution, new(EventKind.EventRaised, Name: name, Data: data), changes);
        }
    }

    private void Terminate(Instance instance, HistoryEvent terminated, Changes changes)
    {
        instance.Session = null;
        instance.Row = instance.Row with { Status = OrchestrationRuntimeStatus.Terminated, UpdatedAt = Now, Output = terminated.Data };
        Put(instance, changes);
        TellParent(instance.Row, changes);
        if (terminated.Target == RecursiveMark)
        {
            foreach (var child in Outstanding.Of(instance.Episodes).Where(action => action.Kind == EventKind.SubOrchestrationCreated))
            {
                Send(child.Target!, 0, terminated, changes);
            }
        }
    }

    private void FailForeign(string id, long execution)
    {
        if (residents.Find(id) is { Row.HasEnded: false } instance && instance.Row.Execution == execution)
        {
            var changes = new Changes();
            End(instance, OrchestrationEnd.Failed(Failure.Of(OrchestrationSession.ForeignWait())), changes);
            Commit(changes);
        }
    }

    private void Put(Instance instance, Changes changes)
    {
        var row = instance.Row;
        changes.Put(instance);
        changes.Add(batch => batch.Committed.Add(() => waiters.Changed(row)));
    }

    [LoggerMessage(2, LogLevel.Error, "{Message}")]
    private partial void LogNotDeterministic(string message);
}
