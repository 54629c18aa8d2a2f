using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Rollouts;

/// <summary>What a stack's run is at: its instance's custom status.</summary>
/// <param name="Environment">The environment it is at.</param>
public sealed record StackStatus(EnvironmentName Environment);
