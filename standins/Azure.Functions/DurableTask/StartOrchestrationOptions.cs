using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How an orchestration is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>With an id and a time.</summary>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>The id; one is made when null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Not before; at once when null or past.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The version.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>The names of the statuses in which an instance of the same id makes the start fail.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
