using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Local.Hosting;

/// <summary>A method that is a function: what triggers it, and which parameter the trigger fills.</summary>
internal sealed record FunctionMethod(string Name, MethodInfo Method, ParameterInfo TriggerParameter, Attribute Trigger)
{
    public string EntryPoint => $"{Method.DeclaringType!.FullName}.{Method.Name}";

    public HttpTriggerAttribute? Http => Trigger as HttpTriggerAttribute;

    public TimerTriggerAttribute? Timer => Trigger as TimerTriggerAttribute;

    /// <summary>Reflection may give another object for the same parameter each time it is asked.</summary>
    public bool IsTrigger(ParameterInfo parameter) => parameter.Position == TriggerParameter.Position;

    public bool IsOrchestrator => Trigger is OrchestrationTriggerAttribute;

    public bool IsActivity => Trigger is ActivityTriggerAttribute;
}
