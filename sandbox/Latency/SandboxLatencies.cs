namespace Orchestrator.Sandbox.Latency;

/// <summary>How long things take in the sandbox.</summary>
public sealed record SandboxLatencies
{
    /// <summary>Each request to ARM.</summary>
    public TimeSpan ArmRequest { get; init; }

    /// <summary>A change of a resource, from its acceptance to its end.</summary>
    public TimeSpan ArmOperation { get; init; }

    /// <summary>A revision, from its creation until it is ready.</summary>
    public TimeSpan RevisionProvisioning { get; init; }

    /// <summary>Each answer of a workload.</summary>
    public TimeSpan WorkloadResponse { get; init; }

    /// <summary>Each request to GitHub.</summary>
    public TimeSpan GitHubRequest { get; init; }

    /// <summary>The share, 0 to 1, by which each of them varies, both ways.</summary>
    public double Jitter { get; init; }
}
