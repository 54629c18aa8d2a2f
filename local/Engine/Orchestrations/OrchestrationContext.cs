using System.Security.Cryptography;
using System.Text;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>What orchestrator code talks to. Every action gets the next number; numbers and names are what replay compares.</summary>
internal sealed class OrchestrationContext(InstanceStart start, OrchestrationThread thread, DataConverter converter, ILoggerFactory loggers)
    : TaskOrchestrationContext
{
    private readonly Dictionary<int, (OpenTask Task, string Name)> open = [];
    private readonly ExternalEvents events = new(converter);
    private List<HistoryEvent> actions = [];
    private CustomStatus? customStatus;
    private DateTime now;
    private bool replaying;
    private int lastTask;
    private int lastGuid;

    public override TaskName Name => start.Name;

    public override string InstanceId => start.InstanceId;

    public override ParentOrchestrationInstance? Parent => start.Parent;

    public override DateTime CurrentUtcDateTime => now;

    public override bool IsReplaying => replaying;

    public override string Version => start.Version;

    public bool WaitsForSomething => open.Count > 0 || events.AnyWaits;

    public (string? Input, bool KeepEvents)? ContinuedAsNew { get; private set; }

    public IReadOnlyList<(string Name, string? Data)> UnclaimedEvents => events.Unclaimed;

    protected override ILoggerFactory LoggerFactory => loggers;

    public void Begin(long at, bool replaying)
    {
        now = new DateTime(at, DateTimeKind.Utc);
        this.replaying = replaying;
    }

    public bool IsOpen(int task) => open.ContainsKey(task);

    public IReadOnlyList<HistoryEvent> TakeActions() => Interlocked.Exchange(ref actions, []);

    public CustomStatus? TakeCustomStatus() => Interlocked.Exchange(ref customStatus, null);

    /// <summary>Hands over something that happened.</summary>
    public void Deliver(HistoryEvent happened)
    {
        if (happened.Kind == EventKind.EventRaised)
        {
            events.Raise(happened.Name!, happened.Data);
        }
        else if (open.Remove(happened.Task, out var waiting))
        {
            if (happened.Kind == EventKind.TaskFailed)
            {
                waiting.Task.Fail(new TaskFailedException(waiting.Name, happened.Task, happened.Failure!.Details()));
            }
            else
            {
                waiting.Task.Complete(happened.Data);
            }
        }
    }

    public override T GetInput<T>() => converter.Deserialize<T>(start.Input)!;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Retrying.RunAsync(this, options?.Retry, () => Act<TResult>(EventKind.ActivityScheduled, name.Name, input, null));

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        var given = (options as SubOrchestrationOptions)?.InstanceId;
        return Retrying.RunAsync(this, options?.Retry, () => Act<TResult>(
            EventKind.SubOrchestrationCreated,
            orchestratorName.Name,
            input,
            given ?? NewGuid().ToString("N")));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        CheckThread();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var timer = new OpenTask<object>(converter);
        var task = Open(timer, "timer");
        Do(new(EventKind.TimerCreated, task, At: fireAt.ToUniversalTime().Ticks));
        cancellationToken.Register(() =>
        {
            if (open.Remove(task))
            {
                Do(new(EventKind.TimerCanceled, task));
                timer.Cancel(cancellationToken);
            }
        });
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        CheckThread();
        return events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        CheckThread();
        Do(new(EventKind.EventSent, ++lastTask, eventName, Write(payload), instanceId));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        CheckThread();
        if (!replaying)
        {
            this.customStatus = new(converter.Serialize(customStatus));
        }
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        CheckThread();
        ContinuedAsNew = (converter.Serialize(newInput), preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        CheckThread();
        var name = Encoding.UTF8.GetBytes($"{start.InstanceId}\n{start.Execution}\n{++lastGuid}");
        return new Guid(SHA256.HashData(name).AsSpan(0, 16));
    }

    private Task<T> Act<T>(EventKind kind, string name, object? input, string? target)
    {
        CheckThread();
        var task = new OpenTask<T>(converter);
        Do(new(kind, Open(task, name), name, Write(input), target));
        return task.Task;
    }

    private int Open(OpenTask task, string name)
    {
        open.Add(++lastTask, (task, name));
        return lastTask;
    }

    private void Do(HistoryEvent action) => actions.Add(action);

    // At replay inputs are only compared by name, so writing them again would be work for nothing.
    private string? Write(object? value) => replaying ? null : converter.Serialize(value);

    private void CheckThread()
    {
        if (!thread.IsCurrent)
        {
            throw new InvalidOperationException("The orchestration's context was used outside its own thread: orchestrator code must await only what the context gives it.");
        }
    }
}
