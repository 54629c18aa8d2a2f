using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Storage;

/// <summary>What is written in one transaction, and what may happen only when it is on disk.</summary>
internal sealed class Batch
{
    /// <summary>The batch's number; batches are committed in order.</summary>
    public required long Number { get; init; }

    /// <summary>Orchestrations that have changed: the last state of each.</summary>
    public Dictionary<string, InstanceRow> Instances { get; } = [];

    /// <summary>Episodes to add.</summary>
    public List<(long Execution, int Number, Episode Episode)> Episodes { get; } = [];

    /// <summary>Executions whose history is deleted.</summary>
    public List<long> ForgottenExecutions { get; } = [];

    /// <summary>Orchestrations to delete.</summary>
    public List<string> Purged { get; } = [];

    /// <summary>Messages to keep until they have been seen.</summary>
    public Dictionary<long, InboxRow> Sent { get; } = [];

    /// <summary>Messages that have been seen.</summary>
    public List<long> Received { get; } = [];

    /// <summary>What follows once the batch is on disk.</summary>
    public List<Action> Committed { get; } = [];

    /// <summary>Who waits for the batch and has to be told when it fails.</summary>
    public List<TaskCompletionSource> Awaiting { get; } = [];

    public bool IsEmpty =>
        Instances.Count == 0 && Episodes.Count == 0 && ForgottenExecutions.Count == 0 && Purged.Count == 0
        && Sent.Count == 0 && Received.Count == 0 && Committed.Count == 0 && Awaiting.Count == 0;
}
