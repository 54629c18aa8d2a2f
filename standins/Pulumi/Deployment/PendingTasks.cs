namespace Pulumi;

/// <summary>All that a program has begun and not awaited: the run lasts until the last of it has ended.</summary>
internal sealed class PendingTasks
{
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<Exception> failures = [];
    private int running = 1;

    public void Add(Task task)
    {
        Interlocked.Increment(ref running);
        task.ContinueWith(
            ended =>
            {
                if (ended.Exception is { } failed)
                {
                    lock (failures)
                    {
                        failures.UnionWith(failed.Flatten().InnerExceptions);
                    }
                }

                Leave();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Waits for all of it; returns what went wrong, each once.</summary>
    public async Task<IReadOnlyList<Exception>> IdleAsync()
    {
        Leave();
        await idle.Task;
        return [.. failures];
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref running) == 0)
        {
            idle.TrySetResult();
        }
    }
}
