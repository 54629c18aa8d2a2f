namespace Orchestrator.Sandbox.GitHub;

/// <summary>A request that creates content.</summary>
/// <param name="At">When it came.</param>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path.</param>
/// <param name="IsTaken">Whether it was within the secondary limits.</param>
public sealed record SandboxWrite(DateTimeOffset At, string Method, string Path, bool IsTaken);
