using Orchestrator.Engine.History;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine.Execution;

/// <summary>An orchestration in memory. Only the engine's loop touches it.</summary>
internal sealed class Instance(InstanceRow row, List<Episode> episodes)
{
    /// <summary>Its state after the last episode.</summary>
    public InstanceRow Row { get; set; } = row;

    /// <summary>Its history.</summary>
    public List<Episode> Episodes { get; set; } = episodes;

    /// <summary>Its code at work; null until it is replayed.</summary>
    public OrchestrationSession? Session { get; set; }

    /// <summary>What has come in since the last episode.</summary>
    public List<Delivery> Incoming { get; } = [];

    /// <summary>Whether it is in line for an episode.</summary>
    public bool IsQueued { get; set; }

    /// <summary>The last batch that it is part of; until that is on disk, memory is ahead of the store.</summary>
    public long LastBatch { get; set; }

    /// <summary>The loop's turn in which it was last used.</summary>
    public long LastTurn { get; set; }

    /// <summary>Whether it may not begin yet.</summary>
    public bool IsEarly(long now) => Episodes.Count == 0 && Row.StartAt > now;
}

/// <summary>Something for an orchestration.</summary>
/// <param name="Event">What.</param>
/// <param name="InboxKey">The number under which it is stored; 0 when it is not.</param>
/// <param name="Acknowledge">Who waits until it is on disk.</param>
internal sealed record Delivery(HistoryEvent Event, long InboxKey = 0, TaskCompletionSource? Acknowledge = null);
