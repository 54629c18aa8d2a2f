using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.History;
using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine;

/// <summary>The client of the embedded engine. What it acknowledges is on disk.</summary>
internal sealed class EngineClient(EngineLoop loop, EngineReader reader, InstanceWaiters waiters, DurableEngineOptions options) : DurableTaskClient("embedded")
{
    private readonly TimeProvider time = options.TimeProvider;
    private readonly string defaultVersion = options.DefaultVersion;

    private static readonly OrchestrationRuntimeStatus[] Unfinished =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <inheritdoc />
    /// <exception cref="OrchestrationAlreadyExistsException">There is one of that id that has not ended, or is in one of the dedupe statuses.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        cancellation.ThrowIfCancellationRequested();
        var now = time.GetUtcNow().UtcTicks;
        var row = new InstanceRow
        {
            Id = options?.InstanceId ?? Guid.NewGuid().ToString("N"),
            Name = orchestratorName.Name,
            Version = options?.Version?.Version ?? defaultVersion,
            Execution = 0,
            Status = OrchestrationRuntimeStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
            StartAt = options?.StartAt?.UtcTicks ?? 0,
            Input = JsonDataConverter.Instance.Serialize(input),
            Tags = options?.Tags,
        };
        var dedupe = options?.DedupeStatuses?.Select(Enum.Parse<OrchestrationRuntimeStatus>).ToArray() ?? Unfinished;
        var done = Completion();
        loop.Post(() => loop.Start(row, dedupe, done));
        await done.Task.WaitAsync(cancellation);
        return row.Id;
    }

    /// <inheritdoc />
    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return DeliverAsync(instanceId, new(EventKind.EventRaised, Name: eventName, Data: JsonDataConverter.Instance.Serialize(eventPayload)), cancellation);
    }

    /// <inheritdoc />
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        DeliverAsync(instanceId, new(EventKind.Suspended, Data: reason), cancellation);

    /// <inheritdoc />
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        DeliverAsync(instanceId, new(EventKind.Resumed, Data: reason), cancellation);

    /// <inheritdoc />
    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        DeliverAsync(
            instanceId,
            new(
                EventKind.Terminated,
                Data: JsonDataConverter.Instance.Serialize(options?.Output),
                Target: options is { Recursive: true } ? EngineLoop.RecursiveMark : null),
            cancellation);

    /// <inheritdoc />
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    /// <inheritdoc />
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.HasEnded, getInputsAndOutputs, cancellation);

    /// <inheritdoc />
    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(reader.Find(instanceId, getInputsAndOutputs) is { } row ? Metadata(row, getInputsAndOutputs) : null);

    /// <inheritdoc />
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new();
        return Pageable.Create<OrchestrationMetadata>((continuation, size, _) =>
        {
            var wanted = size ?? query.PageSize;
            var rows = reader.List(query, continuation ?? query.ContinuationToken ?? string.Empty, wanted);
            return Task.FromResult(new Page<OrchestrationMetadata>(
                [.. rows.Select(row => Metadata(row, query.FetchInputsAndOutputs))],
                rows.Count == wanted ? rows[^1].Id : null));
        });
    }

    /// <inheritdoc />
    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new(await PurgeAsync([instanceId], cancellation));

    /// <inheritdoc />
    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, (filter.Statuses ?? Ended).Intersect(Ended).ToArray());
        var ids = new List<string>();
        await foreach (var instance in GetAllInstancesAsync(query).WithCancellation(cancellation))
        {
            ids.Add(instance.InstanceId);
        }

        return new(await PurgeAsync(ids, cancellation));
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static TaskCompletionSource Completion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<int> PurgeAsync(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() => loop.Purge(ids, done));
        return await done.Task.WaitAsync(cancellation);
    }

    private async Task DeliverAsync(string instanceId, HistoryEvent happened, CancellationToken cancellation)
    {
        var done = Completion();
        loop.Post(() => loop.Deliver(instanceId, 0, new(happened, Acknowledge: done)));
        await done.Task.WaitAsync(cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(string instanceId, Func<InstanceRow, bool> reached, bool withData, CancellationToken cancellation)
    {
        var waiting = waiters.Add(instanceId, reached);
        var row = reader.Find(instanceId, withData: false)
            ?? throw new InvalidOperationException($"There is no orchestration with the id '{instanceId}'.");
        if (!reached(row))
        {
            await waiting.WaitAsync(cancellation);
        }

        return Metadata(reader.Find(instanceId, withData) ?? row, withData);
    }

    private static OrchestrationMetadata Metadata(InstanceRow row, bool withData) => new(row.Name, row.Id)
    {
        DataConverter = withData ? JsonDataConverter.Instance : null,
        RuntimeStatus = row.Status,
        CreatedAt = new(row.CreatedAt, TimeSpan.Zero),
        LastUpdatedAt = new(row.UpdatedAt, TimeSpan.Zero),
        SerializedInput = row.Input,
        SerializedOutput = row.Output,
        SerializedCustomStatus = row.CustomStatus,
        FailureDetails = row.Failure?.Details(),
        Tags = row.Tags ?? new Dictionary<string, string>(),
    };
}
