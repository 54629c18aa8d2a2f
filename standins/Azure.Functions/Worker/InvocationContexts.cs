namespace Microsoft.Azure.Functions.Worker;

/// <summary>A W3C trace context.</summary>
public abstract class TraceContext
{
    /// <summary>The <c>traceparent</c>.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The <c>tracestate</c>.</summary>
    public abstract string TraceState { get; }
}

/// <summary>What the trigger brought.</summary>
public abstract class BindingContext
{
    /// <summary>By name.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

/// <summary>How often an invocation has been tried.</summary>
public abstract class RetryContext
{
    /// <summary>Tries so far.</summary>
    public abstract int RetryCount { get; }

    /// <summary>Tries at most.</summary>
    public abstract int MaxRetryCount { get; }
}
