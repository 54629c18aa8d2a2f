using Orchestrator.Sandbox.Faults;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>What faults do to answers.</summary>
internal static class WorkloadFaults
{
    private const double Share = 0.3;

    /// <summary>How much longer a slow answer takes.</summary>
    public static TimeSpan Slowness { get; } = TimeSpan.FromSeconds(3);

    /// <summary>How a request ends, by where it falls between 0 and 1.</summary>
    public static RequestKind Outcome(FaultKind? fault, double point) => fault switch
    {
        FaultKind.Errors when point < Share => new(500),
        FaultKind.Filtered when point < Share => new(400, IsFiltered: true),
        FaultKind.RateLimited when point < Share => new(429),
        _ => new(200),
    };
}
