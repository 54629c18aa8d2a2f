namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function can know of its invocation.</summary>
public abstract class FunctionContext
{
    /// <summary>The invocation's id.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The function's id.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The distributed trace it belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>What the trigger brought.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>How often it has been tried.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The invocation's services.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Whatever middleware hands on.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>What the host offers.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled when the invocation is to end.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
