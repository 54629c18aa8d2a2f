using Orchestrator.Engine;

namespace Orchestrator.Local.Hosting;

/// <summary>Hands the orchestrators and activities among the functions to the engine.</summary>
internal static class DurableRegistration
{
    public static DurableFunctions Of(IEnumerable<FunctionMethod> functions, FunctionInvoker invoker)
    {
        var durable = new DurableFunctions();
        foreach (var function in functions)
        {
            if (function.Orchestration is { } orchestration)
            {
                durable.AddOrchestrator(orchestration, context => invoker.InvokeAsync(function, context));
            }
            else if (function.Activity is { } activity)
            {
                durable.AddActivity(activity, (call, cancellation) =>
                    invoker.InvokeAsync(function, call.ReadInput(function.TriggerParameter.ParameterType), cancellation));
            }
        }

        return durable;
    }
}
