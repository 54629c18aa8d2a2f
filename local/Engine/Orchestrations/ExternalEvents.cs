using Microsoft.DurableTask;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>Events that came early, and waits that came early. Names compare without case; each event completes one wait, in order.</summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly List<(string Name, string? Data)> unclaimed = [];
    private readonly List<Waiter> waiters = [];

    public bool AnyWaits => waiters.Count > 0;

    /// <summary>Events that nobody has waited for, in order of arrival.</summary>
    public IReadOnlyList<(string Name, string? Data)> Unclaimed => unclaimed;

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var early = unclaimed.FindIndex(candidate => Same(candidate.Name, name));
        if (early >= 0)
        {
            var data = unclaimed[early].Data;
            unclaimed.RemoveAt(early);
            return Task.FromResult(converter.Deserialize<T>(data)!);
        }

        var completion = new TaskCompletionSource<T>();
        var waiter = new Waiter(name, data => completion.TrySetResult(converter.Deserialize<T>(data)!), failure => completion.TrySetException(failure));
        waiters.Add(waiter);
        cancellationToken.Register(() =>
        {
            if (waiters.Remove(waiter))
            {
                completion.TrySetCanceled(cancellationToken);
            }
        });
        return completion.Task;
    }

    public void Raise(string name, string? data)
    {
        var index = waiters.FindIndex(candidate => Same(candidate.Name, name));
        if (index < 0)
        {
            unclaimed.Add((name, data));
            return;
        }

        var waiter = waiters[index];
        waiters.RemoveAt(index);
        try
        {
            waiter.Complete(data);
        }
        catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or NotSupportedException)
        {
            waiter.Fail(unreadable);
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Waiter(string Name, Action<string?> Complete, Action<Exception> Fail);
}
