using Microsoft.DurableTask;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>What an orchestration begins with.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="Name">Its orchestrator.</param>
/// <param name="Version">Its version; empty for none.</param>
/// <param name="Execution">A number that no other execution has, of this id or another.</param>
/// <param name="Input">Its input.</param>
/// <param name="Parent">Who called it; null at the top.</param>
/// <param name="ParentTask">The number of the parent's action.</param>
internal sealed record InstanceStart(
    string InstanceId,
    string Name,
    string Version,
    long Execution,
    string? Input,
    ParentOrchestrationInstance? Parent,
    int ParentTask);
