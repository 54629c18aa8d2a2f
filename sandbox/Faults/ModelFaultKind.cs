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

/// <summary>The names of models' faults, as they are written in requests.</summary>
public static class ModelFaultKinds
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["other-model", "rate-limited", "filtered", "output-filtered", "slow", "errors"];

    /// <summary>The kind of that name, or null.</summary>
    public static ModelFaultKind? Parse(string? name)
    {
        var index = Names.ToList().IndexOf(name ?? string.Empty);
        return index < 0 ? null : (ModelFaultKind)index;
    }
}
