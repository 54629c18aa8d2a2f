namespace Orchestrator.Sandbox.Faults;

/// <summary>What can be wrong with a region.</summary>
public enum FaultKind
{
    /// <summary>The revision never gets healthy; its health path answers 503.</summary>
    Unhealthy,

    /// <summary>Every answer takes three seconds longer.</summary>
    Slow,

    /// <summary>Three of ten answers to users are 500.</summary>
    Errors,

    /// <summary>The revision's provisioning fails.</summary>
    DeployFails,

    /// <summary>ARM answers every change in the region with 429.</summary>
    Throttled,

    /// <summary>The revision's address breaks every connection.</summary>
    Unreachable,

    /// <summary>Three of ten answers to users are a content filter's refusal.</summary>
    Filtered,

    /// <summary>Three of ten answers to users are 429.</summary>
    RateLimited,

    /// <summary>The metrics path and Azure Monitor answer 503.</summary>
    MetricsDown,

    /// <summary>The metrics path and Azure Monitor have nothing to tell.</summary>
    MetricsEmpty,

    /// <summary>The metrics path's counters are not numbers; Azure Monitor has nothing to tell.</summary>
    MetricsNan,
}

/// <summary>What a fault takes hold of. <see cref="FaultKind.Throttled"/> takes hold of the region's ARM either way.</summary>
public enum FaultReach
{
    /// <summary>What is deployed next, for good; what serves goes on serving.</summary>
    Next,

    /// <summary>Every answer of the region, for as long as the fault is set.</summary>
    All,
}

/// <summary>The names of faults, as they are written on command lines and in requests.</summary>
public static class FaultKinds
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["unhealthy", "slow", "errors", "deploy-fails", "throttled", "unreachable", "filtered", "rate-limited", "metrics-down", "metrics-empty", "metrics-nan"];

    /// <summary>The kind of that name, or null.</summary>
    public static FaultKind? Parse(string? name)
    {
        var index = Names.ToList().IndexOf(name ?? string.Empty);
        return index < 0 ? null : (FaultKind)index;
    }

    /// <summary>The name of a kind.</summary>
    public static string Name(this FaultKind kind) => Names[(int)kind];
}
