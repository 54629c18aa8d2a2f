namespace Orchestrator.Engine;

/// <summary>An orchestration of that id exists in a state in which it is not replaced.</summary>
/// <param name="instanceId">The id.</param>
/// <param name="status">Its state.</param>
public sealed class OrchestrationAlreadyExistsException(string instanceId, string status)
    : InvalidOperationException($"An orchestration with the id '{instanceId}' already exists and is {status}.");
