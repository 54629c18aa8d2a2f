using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Local.Hosting;

/// <summary>Calls functions: makes their classes, fills their parameters, awaits what they give.</summary>
/// <param name="services">The app's services.</param>
/// <param name="durable">The engine's client. The engine may call an activity before it has finished starting, hence a task.</param>
internal sealed class FunctionInvoker(IServiceProvider services, Task<DurableTaskClient> durable)
{
    /// <summary>The result of a function that a timer or an orchestration triggered; null for none.</summary>
    /// <param name="function">The function.</param>
    /// <param name="trigger">What the trigger brings.</param>
    /// <param name="cancellation">Ends the invocation.</param>
    public async Task<object?> InvokeAsync(FunctionMethod function, object? trigger, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        return await RunAsync(function, trigger, new(function, scope.ServiceProvider, cancellation));
    }

    /// <summary>The result of a function that a request triggered. It shares the request's scope, in which the result is then written.</summary>
    public Task<object?> InvokeAsync(FunctionMethod function, HttpContext http) =>
        RunAsync(function, http.Request, new(function, http.RequestServices, http.RequestAborted, http));

    /// <summary>
    /// The result of an orchestrator. Its code runs on the orchestration's own thread, so nothing is awaited before it; and it may be
    /// dropped at any await, so it has no scope that would have to be closed.
    /// </summary>
    public Task<object?> InvokeAsync(FunctionMethod function, TaskOrchestrationContext orchestration)
    {
        var context = new EmbeddedFunctionContext(function, services, CancellationToken.None);
        var arguments = Array.ConvertAll(function.Parameters, parameter =>
            parameter == function.TriggerParameter ? orchestration : Argument(parameter, context));
        return function.Result.ReadAsync(Call(function, Target(function, services), arguments));
    }

    private async Task<object?> RunAsync(FunctionMethod function, object? trigger, EmbeddedFunctionContext context)
    {
        var client = function.Parameters.Any(IsClient) ? await durable.WaitAsync(context.CancellationToken) : null;
        var arguments = Array.ConvertAll(function.Parameters, parameter =>
            parameter == function.TriggerParameter ? trigger : IsClient(parameter) ? client : Argument(parameter, context));
        var target = Target(function, context.InstanceServices);
        try
        {
            return await function.Result.ReadAsync(Call(function, target, arguments));
        }
        finally
        {
            await DisposeAsync(target);
        }
    }

    private static bool IsClient(ParameterInfo parameter) => parameter.ParameterType == typeof(DurableTaskClient);

    private static object? Argument(ParameterInfo parameter, EmbeddedFunctionContext context) => parameter.ParameterType switch
    {
        var type when type == typeof(FunctionContext) => context,
        var type when type == typeof(CancellationToken) => context.CancellationToken,
        var type => RouteValues.Convert(context.BindingContext.BindingData.GetValueOrDefault(parameter.Name!), type),
    };

    private static object? Target(FunctionMethod function, IServiceProvider services) =>
        function.Method.IsStatic ? null : ActivatorUtilities.CreateInstance(services, function.Method.DeclaringType!);

    private static object? Call(FunctionMethod function, object? target, object?[] arguments) =>
        function.Method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    private static async ValueTask DisposeAsync(object? target)
    {
        switch (target)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}
