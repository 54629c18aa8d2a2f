namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended with a result.</summary>
    Completed,

    /// <summary>No longer in use.</summary>
    [Obsolete("The ContinuedAsNew status is obsolete and exists only for compatibility reasons.")]
    ContinuedAsNew,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>No longer in use.</summary>
    [Obsolete("The Canceled status is not currently used and exists only for compatibility reasons.")]
    Canceled,

    /// <summary>Ended from outside.</summary>
    Terminated,

    /// <summary>Accepted, not begun.</summary>
    Pending,

    /// <summary>Halted from outside.</summary>
    Suspended,
}
