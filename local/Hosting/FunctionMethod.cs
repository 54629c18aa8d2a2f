using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Local.Hosting;

/// <summary>A method that is a function: what triggers it, and which parameter the trigger fills.</summary>
/// <param name="name">The function's name.</param>
/// <param name="method">The method.</param>
/// <param name="triggerPosition">Which of the method's parameters has the trigger.</param>
/// <param name="trigger">The trigger.</param>
internal sealed class FunctionMethod(string name, MethodInfo method, int triggerPosition, Attribute trigger)
{
    // Asked for once: reflection may give another object for the same parameter each time.
    private readonly ParameterInfo[] parameters = method.GetParameters();

    public string Name { get; } = name;

    public MethodInfo Method { get; } = method;

    public ParameterInfo[] Parameters => parameters;

    public ParameterInfo TriggerParameter => parameters[triggerPosition];

    public Attribute Trigger { get; } = trigger;

    public FunctionResult Result { get; } = FunctionResult.Of(method.ReturnType);

    public FunctionDefinition Definition { get; } = new MethodDefinition(name, method);

    public HttpTriggerAttribute? Http => Trigger as HttpTriggerAttribute;

    public TimerTriggerAttribute? Timer => Trigger as TimerTriggerAttribute;

    /// <summary>The orchestration that it runs; null for none.</summary>
    public string? Orchestration => Trigger is OrchestrationTriggerAttribute trigger ? trigger.Orchestration ?? Name : null;

    /// <summary>The activity that it runs; null for none.</summary>
    public string? Activity => Trigger is ActivityTriggerAttribute trigger ? trigger.Activity ?? Name : null;

    /// <summary>Type and method.</summary>
    public string EntryPoint => Definition.EntryPoint;

    /// <summary>The route behind the route prefix; null when it has none.</summary>
    public string? Route => Http is { } http ? http.Route ?? Name : null;
}
