using Microsoft.DurableTask.Client;
using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Storage;

/// <summary>An orchestration as it is stored, apart from its history.</summary>
internal sealed record InstanceRow
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its orchestrator.</summary>
    public required string Name { get; init; }

    /// <summary>Its version; empty for none.</summary>
    public required string Version { get; init; }

    /// <summary>The number of its execution; no other has the same, so the history of an earlier one is never taken for this one's.</summary>
    public required long Execution { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrchestrationRuntimeStatus Status { get; init; }

    /// <summary>When it was accepted, UTC ticks.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it last changed, UTC ticks.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>Not before this time, UTC ticks; 0 for at once.</summary>
    public long StartAt { get; init; }

    /// <summary>Its input.</summary>
    public string? Input { get; init; }

    /// <summary>Its result.</summary>
    public string? Output { get; init; }

    /// <summary>The status that it shows.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Why it failed.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Who called it.</summary>
    public string? ParentId { get; init; }

    /// <summary>The orchestrator of who called it.</summary>
    public string? ParentName { get; init; }

    /// <summary>The execution of who called it.</summary>
    public long ParentExecution { get; init; }

    /// <summary>The caller's number for it.</summary>
    public int ParentTask { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
