using Microsoft.DurableTask;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>An action whose end the orchestration has not seen yet.</summary>
internal abstract class OpenTask
{
    public abstract void Complete(string? data);

    public abstract void Fail(TaskFailedException failure);

    public abstract void Cancel(CancellationToken cancellationToken);
}

/// <summary>An open action with a result of type <typeparamref name="T"/>.</summary>
internal sealed class OpenTask<T>(DataConverter converter) : OpenTask
{
    // Continuations run inside the episode, on the orchestration's own thread.
    private readonly TaskCompletionSource<T> completion = new();

    public Task<T> Task => completion.Task;

    public override void Complete(string? data)
    {
        try
        {
            completion.TrySetResult(converter.Deserialize<T>(data)!);
        }
        catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or NotSupportedException)
        {
            completion.TrySetException(unreadable);
        }
    }

    public override void Fail(TaskFailedException failure) => completion.TrySetException(failure);

    public override void Cancel(CancellationToken cancellationToken) => completion.TrySetCanceled(cancellationToken);
}
