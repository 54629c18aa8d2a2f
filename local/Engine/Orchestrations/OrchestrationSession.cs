using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>
/// An orchestrator's code at work: runs episode by episode, recorded ones as a replay that must do what history says, new ones
/// for their actions.
/// </summary>
internal sealed class OrchestrationSession(InstanceStart start, DurableFunctions functions, DataConverter converter, ILoggerFactory loggers)
{
    private readonly OrchestrationThread thread = new();
    private readonly List<HistoryEvent> held = [];
    private OrchestrationContext? context;
    private Task<object?>? run;
    private bool suspended;
    private int episodes;

    /// <summary>Called when the code turns out to wait for something that is not the orchestration's.</summary>
    public Action? OnForeignContinuation
    {
        set => thread.OnForeignContinuation = value;
    }

    /// <summary>Whether the action of that number is still open.</summary>
    public bool Expects(int task) => Context.IsOpen(task);

    public bool IsSuspended => suspended;

    private OrchestrationContext Context => context ??= new(start, thread, converter, loggers);

    /// <summary>Runs a recorded episode.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code does something else than recorded.</exception>
    public void Replay(Episode episode)
    {
        episodes++;
        Context.Begin(episode.At, replaying: true);
        Run(episode.Incoming);
        Determinism.Check(start.InstanceId, episodes, episode.Actions, Context.TakeActions());
    }

    /// <summary>Runs a new episode.</summary>
    public EpisodeOutcome Run(long at, IReadOnlyList<HistoryEvent> incoming)
    {
        episodes++;
        Context.Begin(at, replaying: false);
        Run(incoming);
        return new(Context.TakeActions(), Context.TakeCustomStatus(), End());
    }

    private void Run(IReadOnlyList<HistoryEvent> incoming)
    {
        foreach (var happened in incoming)
        {
            Apply(happened);
        }
    }

    private void Apply(HistoryEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.Suspended:
                suspended = true;
                break;
            case EventKind.Resumed:
                suspended = false;
                foreach (var waited in held)
                {
                    thread.Run(() => Deliver(waited));
                }

                held.Clear();
                break;
            default:
                if (suspended)
                {
                    held.Add(happened);
                }
                else
                {
                    thread.Run(() => Deliver(happened));
                }

                break;
        }
    }

    private void Deliver(HistoryEvent happened)
    {
        if (happened.Kind == EventKind.Started)
        {
            run = StartAsync();
        }
        else
        {
            Context.Deliver(happened);
        }
    }

    // An orchestrator that is not there fails the instance like one that throws.
    private async Task<object?> StartAsync() => await functions.Orchestrator(start.Name)(Context);

    private OrchestrationEnd? End()
    {
        if (run is null)
        {
            return null;
        }

        if (run.IsCompleted)
        {
            return Ended(run);
        }

        return Context.WaitsForSomething || suspended ? null : OrchestrationEnd.Failed(Failure.Of(ForeignWait()));
    }

    private OrchestrationEnd Ended(Task<object?> ended)
    {
        if (!ended.IsCompletedSuccessfully)
        {
            return OrchestrationEnd.Failed(Failure.Of(ended.Exception?.InnerException ?? new OperationCanceledException("The orchestrator's code was cancelled.")));
        }

        return Context.ContinuedAsNew is { } next
            ? OrchestrationEnd.ContinuedAsNew(next.Input, next.KeepEvents ? [.. Context.UnclaimedEvents] : [])
            : OrchestrationEnd.Completed(converter.Serialize(ended.Result));
    }

    public static InvalidOperationException ForeignWait() => new(
        "The orchestrator's code waits for something that is not the orchestration's: Task.Run, Task.Delay, I/O or the like. "
        + "It would not replay; call an activity or use the context's own methods.");
}
