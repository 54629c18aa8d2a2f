using System.Threading.Channels;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.History;
using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// Where orchestrations happen: one loop takes what has come in, runs an episode of each orchestration concerned, and hands the
/// results to the writer. What an episode asks for begins when the episode is on disk.
/// </summary>
internal sealed partial class EngineLoop : IAsyncDisposable
{
    private const int MostMessagesPerTurn = 4096;

    private readonly Channel<Action> messages = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly Residents residents;
    private readonly Queue<Instance> ready = new();
    private readonly Queue<InboxRow> outgoing = new();
    private readonly DurableEngineOptions options;
    private readonly DurableFunctions functions;
    private readonly JsonDataConverter converter = JsonDataConverter.Instance;
    private readonly EngineReader reader;
    private readonly BatchWriter writer;
    private readonly InstanceWaiters waiters;
    private readonly ActivityPump activities;
    private readonly TimerQueue timers;
    private readonly ILogger logger;
    private readonly Task running;
    private long lastExecution;
    private long lastInboxKey;

    public EngineLoop(DurableEngineOptions options, DurableFunctions functions, EngineReader reader, BatchWriter writer, InstanceWaiters waiters)
    {
        this.options = options;
        this.functions = functions;
        this.reader = reader;
        this.writer = writer;
        this.waiters = waiters;
        logger = options.LoggerFactory.CreateLogger<DurableEngine>();
        residents = new(options.MaxResidentInstances, reader, writer);
        timers = new(options.TimeProvider, () => Post(FireTimers));

        // Whoever wants to know when nothing is left to do has it looked at when the writer or the activities may have been the last.
        Action? look = options.Idle is null ? null : () => Post(() => { });
        writer.Settled = look;
        activities = new(
            functions,
            converter,
            options.MaxConcurrentActivities,
            (work, ended) => Post(() => Deliver(work.InstanceId, work.Execution, new(ended))),
            look,
            logger);

        Recover();

        // What an earlier process left waiting does not wait for something new to happen.
        Post(() => { });
        running = Task.Run(RunAsync);
    }

    private long Now => options.TimeProvider.GetUtcNow().UtcTicks;

    /// <summary>Has <paramref name="message"/> run on the loop.</summary>
    public void Post(Action message) => messages.Writer.TryWrite(message);

    /// <summary>Stops: running activities are cancelled, everything that has happened is written.</summary>
    public async ValueTask DisposeAsync()
    {
        timers.Dispose();
        await activities.DisposeAsync();
        messages.Writer.TryComplete();
        await running;
    }

    /// <summary>Starts an orchestration for a client.</summary>
    public void Start(InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus> dedupe, TaskCompletionSource done)
    {
        var changes = new Changes();
        if (!Create(row, dedupe, changes))
        {
            // Told only when the one that exists is on disk: whoever is refused may look for it at once.
            var exists = new OrchestrationAlreadyExistsException(row.Id, residents.Find(row.Id)!.Row.Status.ToString());
            changes.Add(batch => batch.Committed.Add(() => done.TrySetException(exists)));
        }
        else
        {
            changes.Add(batch => batch.Awaiting.Add(done));
        }

        Commit(changes);
    }

    /// <summary>Hands something to an orchestration, if it is there and of that execution (0 for any).</summary>
    public void Deliver(string instanceId, long execution, Delivery delivery)
    {
        var instance = residents.Find(instanceId);
        if (instance is null || instance.Row.HasEnded || (execution != 0 && instance.Row.Execution != execution))
        {
            Drop(delivery);
            return;
        }

        if (IsNewer(instance.Row))
        {
            LeaveAlone(instance, delivery);
            return;
        }

        if (instance.IsEarly(Now) && delivery.Event.Kind is not (EventKind.Started or EventKind.Terminated))
        {
            delivery = Keep(instance, delivery);
        }

        instance.Incoming.Add(delivery);
        Queue(instance);
    }

    /// <summary>Deletes orchestrations that have ended.</summary>
    public void Purge(IEnumerable<string> ids, TaskCompletionSource<int> done)
    {
        var changes = new Changes();
        var count = 0;
        foreach (var id in ids)
        {
            if (residents.Find(id) is not { Row.HasEnded: true } instance)
            {
                continue;
            }

            count++;
            changes.Forget(instance.Row.Execution);
            changes.Add(batch =>
            {
                batch.Instances.Remove(id);
                batch.Purged.Add(id);
            });
            residents.Remove(id);
        }

        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changes.Add(batch => batch.Awaiting.Add(written));
        Commit(changes);
        _ = written.Task.ContinueWith(
            ended => _ = ended.IsCompletedSuccessfully ? done.TrySetResult(count) : done.TrySetException(ended.Exception!.InnerException!),
            TaskScheduler.Default);
    }

    private async Task RunAsync()
    {
        while (await messages.Reader.WaitToReadAsync())
        {
            for (var taken = 0; taken < MostMessagesPerTurn && messages.Reader.TryRead(out var message); taken++)
            {
                message();
            }

            RunReady();
            residents.Shrink();
            TellIdle();
        }
    }

    private void TellIdle()
    {
        if (options.Idle is { } idle && ready.Count == 0 && activities.IsIdle && writer.IsIdle && !messages.Reader.TryPeek(out _) && timers.Next is { } next)
        {
            idle(next);
        }
    }

    private void RunReady()
    {
        while (ready.TryDequeue(out var instance))
        {
            instance.IsQueued = false;
            if (!instance.Row.HasEnded && instance.Incoming.Count > 0 && !instance.IsEarly(Now))
            {
                RunEpisode(instance);
            }
        }
    }

    private void Queue(Instance instance)
    {
        residents.Touch(instance);
        if (!instance.IsQueued)
        {
            instance.IsQueued = true;
            ready.Enqueue(instance);
        }
    }

    // A store that cannot be written to has told everyone who waits; the loop only stands still.
    private void Commit(Changes changes)
    {
        try
        {
            changes.AddTo(writer);
        }
        catch (InvalidOperationException broken) when (writer.Broken is not null)
        {
            LogNotWritten(broken.Message);
        }

        // Only now: whoever receives a message takes it out of the batch that it is in.
        while (outgoing.TryDequeue(out var message))
        {
            Deliver(message.Target, message.Execution, new(message.Event, message.Key));
        }
    }

    private void FireTimers()
    {
        foreach (var timer in timers.TakeDue())
        {
            Deliver(timer.InstanceId, timer.Execution, new(new HistoryEvent(timer.Task == 0 ? EventKind.Started : EventKind.TimerFired, timer.Task)));
        }
    }

    // It waits for a build that knows its version: what others send is kept for that one.
    private void LeaveAlone(Instance instance, Delivery delivery)
    {
        if (delivery.Event.Kind is EventKind.EventRaised or EventKind.Suspended or EventKind.Resumed or EventKind.Terminated)
        {
            Keep(instance, delivery);
        }
    }

    private bool IsNewer(InstanceRow row) => WorkflowVersions.IsNewer(row.Version, options.DefaultVersion);

    // What comes before its time is stored, and told to whoever waits for that.
    private Delivery Keep(Instance instance, Delivery delivery)
    {
        if (delivery.InboxKey != 0)
        {
            return delivery;
        }

        var row = new InboxRow(++lastInboxKey, instance.Row.Id, instance.Row.Execution, delivery.Event);
        var changes = new Changes();
        changes.Add(batch => batch.Sent.Add(row.Key, row));
        if (delivery.Acknowledge is { } waiting)
        {
            changes.Add(batch => batch.Awaiting.Add(waiting));
        }

        Commit(changes);
        return new(delivery.Event, row.Key);
    }

    private void Drop(Delivery delivery)
    {
        delivery.Acknowledge?.TrySetResult();
        if (delivery.InboxKey != 0)
        {
            var changes = new Changes();
            changes.Received(delivery.InboxKey);
            Commit(changes);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Message}")]
    private partial void LogNotWritten(string message);

    [LoggerMessage(3, LogLevel.Warning, "{Id} was begun by version {Version} of the workflows and waits for a build that knows it; this one knows {Current}.")]
    private partial void LogNewer(string id, string version, string current);
}
