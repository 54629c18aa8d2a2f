namespace Orchestrator.Engine.Orchestrations;

/// <summary>
/// The one logical thread that an orchestrator's code runs on. Continuations run only inside an episode; one that arrives from
/// elsewhere means that the code waited for something that is not the orchestration's, and would not replay.
/// </summary>
internal sealed class OrchestrationThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private volatile int owner;

    /// <summary>Called when a continuation arrives from elsewhere.</summary>
    public Action? OnForeignContinuation { get; set; }

    public bool IsCurrent => owner == Environment.CurrentManagedThreadId;

    /// <summary>Runs <paramref name="action"/> and all that follows from it.</summary>
    public void Run(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        owner = Environment.CurrentManagedThreadId;
        try
        {
            action();
            while (queue.TryDequeue(out var work))
            {
                work.Callback(work.State);
            }
        }
        finally
        {
            owner = 0;
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            queue.Enqueue((d, state));
        }
        else
        {
            OnForeignContinuation?.Invoke();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Orchestrator code must not block.");

    public override SynchronizationContext CreateCopy() => this;
}
