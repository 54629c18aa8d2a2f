using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a function as an orchestrator.</summary>
public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>The orchestration's name; the function's when null.</summary>
    public string? Orchestration { get; set; }
}

/// <summary>Runs a function as an activity; the parameter is its input.</summary>
public sealed class ActivityTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>The activity's name; the function's when null.</summary>
    public string? Activity { get; set; }
}

/// <summary>Binds a client of the durable backend.</summary>
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub; the host's when null.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The setting that names the backend's connection; the host's when null.</summary>
    public string? ConnectionName { get; set; }
}
