namespace Microsoft.DurableTask.Client;

/// <summary>How to end an orchestration from outside.</summary>
/// <param name="Output">The result it gets.</param>
/// <param name="Recursive">Whether sub-orchestrations end too.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
