using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Engine;

namespace Orchestrator.Local.Hosting;

/// <summary>Hands the orchestrators and activities among the functions to the engine.</summary>
internal static class DurableRegistration
{
    public static DurableFunctions Of(IEnumerable<FunctionMethod> functions, IServiceProvider services)
    {
        var invoker = services.GetRequiredService<FunctionInvoker>();
        var durable = new DurableFunctions();
        foreach (var function in functions)
        {
            if (function.IsOrchestrator)
            {
                durable.AddOrchestrator(function.Name, context => FunctionInvoker.InvokeOrchestratorAsync(function, context, services));
            }
            else if (function.IsActivity)
            {
                durable.AddActivity(function.Name, (call, cancellation) =>
                    invoker.InvokeAsync(function, call.ReadInput(function.TriggerParameter.ParameterType), cancellation));
            }
        }

        return durable;
    }
}
