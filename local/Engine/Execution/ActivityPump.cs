using System.Threading.Channels;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Execution;

/// <summary>Runs activities, a bounded number at once, and reports how each ended.</summary>
internal sealed partial class ActivityPump : IAsyncDisposable
{
    private readonly Channel<ActivityWork> queue = Channel.CreateUnbounded<ActivityWork>();
    private readonly CancellationTokenSource stopping = new();
    private readonly DurableFunctions functions;
    private readonly DataConverter converter;
    private readonly Action<ActivityWork, HistoryEvent> report;
    private readonly Action? idle;
    private readonly ILogger logger;
    private readonly Task running;
    private int outstanding;

    /// <summary>Begins to wait for work.</summary>
    /// <param name="functions">What can be run.</param>
    /// <param name="converter">Writes results.</param>
    /// <param name="maxAtOnce">How many run at once.</param>
    /// <param name="report">Told how each ended.</param>
    /// <param name="idle">Called, on any thread, whenever nothing runs any more and nothing waits to.</param>
    /// <param name="logger">The log.</param>
    public ActivityPump(DurableFunctions functions, DataConverter converter, int maxAtOnce, Action<ActivityWork, HistoryEvent> report, Action? idle, ILogger logger)
    {
        this.functions = functions;
        this.converter = converter;
        this.report = report;
        this.idle = idle;
        this.logger = logger;
        running = Task.WhenAll(Enumerable.Range(0, maxAtOnce).Select(_ => Task.Run(RunAllAsync)));
    }

    /// <summary>Whether nothing runs and nothing waits to.</summary>
    public bool IsIdle => Volatile.Read(ref outstanding) == 0;

    public void Enqueue(ActivityWork work)
    {
        Interlocked.Increment(ref outstanding);
        queue.Writer.TryWrite(work);
    }

    /// <summary>Cancels what runs and waits for it. What did not end is called again after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAllAsync()
    {
        await foreach (var work in queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (!stopping.IsCancellationRequested)
            {
                await RunAsync(work);
            }

            // Only now: the result has been reported, and whoever looks finds one or the other.
            if (Interlocked.Decrement(ref outstanding) == 0)
            {
                idle?.Invoke();
            }
        }
    }

    private async Task RunAsync(ActivityWork work)
    {
        try
        {
            var call = new ActivityCall(work.Name, work.InstanceId, work.Input, converter);
            var result = await functions.Activity(work.Name)(call, stopping.Token);
            report(work, new(EventKind.TaskCompleted, work.Task, Data: converter.Serialize(result)));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogInterrupted(work.Name, work.InstanceId);
        }
#pragma warning disable CA1031 // Whatever an activity throws is its result: the orchestration that called it decides what follows.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(work.Name, work.InstanceId, failure.GetType().Name);
            report(work, new(EventKind.TaskFailed, work.Task, Failure: Failure.Of(failure)));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Activity {Activity} of {InstanceId} was interrupted and runs again after the next start.")]
    private partial void LogInterrupted(string activity, string instanceId);

    [LoggerMessage(2, LogLevel.Warning, "Activity {Activity} of {InstanceId} failed: {ErrorType}.")]
    private partial void LogFailed(string activity, string instanceId, string errorType);
}

/// <summary>An activity to run.</summary>
internal sealed record ActivityWork(string InstanceId, long Execution, int Task, string Name, string? Input);
