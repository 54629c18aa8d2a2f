namespace Orchestrator.Sandbox.Faults;

/// <summary>What can be wrong with a model's answers.</summary>
public enum ModelFaultKind
{
    /// <summary>The answer names another model than the one that was deployed.</summary>
    OtherModel,

    /// <summary>Requests are refused with 429.</summary>
    RateLimited,

    /// <summary>Requests are refused by a content filter.</summary>
    Filtered,

    /// <summary>Answers are stopped by a content filter.</summary>
    OutputFiltered,

    /// <summary>Answers take three seconds longer.</summary>
    Slow,

    /// <summary>Requests fail with 500.</summary>
    Errors,
}
