namespace Orchestrator.Engine;

/// <summary>Replayed code did something else than its history says. The instance fails; going on would repeat or lose side effects.</summary>
/// <param name="message">Which step, what history has, what the code does now.</param>
public sealed class NonDeterministicOrchestrationException(string message) : InvalidOperationException(message);
