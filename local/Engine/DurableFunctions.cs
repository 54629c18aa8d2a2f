using Microsoft.DurableTask;

namespace Orchestrator.Engine;

/// <summary>The orchestrators and activities that the engine can run, by name. Names compare without case.</summary>
public sealed class DurableFunctions
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<ActivityCall, CancellationToken, Task<object?>>> activities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an orchestrator.</summary>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    public DurableFunctions AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run)
    {
        orchestrators.Add(name, run);
        return this;
    }

    /// <summary>Adds an activity. Its token is cancelled when the engine stops; the call is then made again after the next start.</summary>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    public DurableFunctions AddActivity(string name, Func<ActivityCall, CancellationToken, Task<object?>> run)
    {
        activities.Add(name, run);
        return this;
    }

    internal Func<TaskOrchestrationContext, Task<object?>> Orchestrator(string name) => orchestrators.TryGetValue(name, out var run)
        ? run
        : throw new InvalidOperationException($"There is no orchestrator '{name}'. Known: {string.Join(", ", orchestrators.Keys.Order())}.");

    internal Func<ActivityCall, CancellationToken, Task<object?>> Activity(string name) => activities.TryGetValue(name, out var run)
        ? run
        : throw new InvalidOperationException($"There is no activity '{name}'. Known: {string.Join(", ", activities.Keys.Order())}.");
}
