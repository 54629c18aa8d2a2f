using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace StandIns.Tests;

/// <summary>An orchestration in which nothing happens until a test says so.</summary>
internal sealed class StillOrchestration : TaskOrchestrationContext
{
    public TaskCompletionSource Timer { get; } = new();

    public TaskCompletionSource<object> Event { get; } = new();

    public DateTime? FireAt { get; private set; }

    public bool Replaying { get; set; }

    public override TaskName Name => "Still";

    public override string InstanceId => "still";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime { get; } = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public override bool IsReplaying => Replaying;

    public ILoggerFactory Loggers { get; set; } = NullLoggerFactory.Instance;

    protected override ILoggerFactory LoggerFactory => Loggers;

    public override T? GetInput<T>()
        where T : default => default;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Task.FromResult((TResult)(object)$"activity {name} {input} {options?.Tags?.Count}");

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        Task.FromResult((TResult)(object)$"orchestration {orchestratorName} {input} {(options as SubOrchestrationOptions)?.InstanceId}");

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        FireAt = fireAt;
        return Timer.Task.WaitAsync(cancellationToken);
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        (T)await Event.Task.WaitAsync(cancellationToken);

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
