namespace Microsoft.DurableTask.Client;

/// <summary>Which ended orchestrations to delete.</summary>
/// <param name="CreatedFrom">Accepted then or later.</param>
/// <param name="CreatedTo">Accepted then or earlier.</param>
/// <param name="Statuses">In one of these statuses.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);

/// <summary>How to delete.</summary>
/// <param name="Recursive">Whether sub-orchestrations go too.</param>
public record PurgeInstanceOptions(bool Recursive = false);

/// <summary>What was deleted.</summary>
/// <param name="count">How many.</param>
/// <exception cref="ArgumentException">Fewer than none.</exception>
public class PurgeResult(int count)
{
    /// <summary>How many.</summary>
    public int PurgedInstanceCount { get; } = count >= 0 ? count : throw new ArgumentException("Expected none or more.", nameof(count));
}
