using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Local.Hosting;

/// <summary>Calls functions: makes their classes, fills their parameters, awaits what they give.</summary>
internal sealed class FunctionInvoker(IServiceScopeFactory scopes, Func<DurableTaskClient> durable)
{
    /// <summary>The function's result; null for none.</summary>
    /// <param name="function">The function.</param>
    /// <param name="trigger">What the trigger brings.</param>
    /// <param name="cancellation">Ends the invocation.</param>
    /// <param name="http">The HTTP context, when there is one.</param>
    public async Task<object?> InvokeAsync(FunctionMethod function, object? trigger, CancellationToken cancellation, HttpContext? http = null)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new EmbeddedFunctionContext(function, scope.ServiceProvider, cancellation, http);
        var target = function.Method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope.ServiceProvider, function.Method.DeclaringType!);
        var arguments = function.Method.GetParameters().Select(parameter => Bind(parameter, function, trigger, context, http)).ToArray();
        return await ResultAsync(Call(function.Method, target, arguments));
    }

    /// <summary>An orchestrator's result: its code runs on the orchestration's own thread, so nothing is awaited before it.</summary>
    public static Task<object?> InvokeOrchestratorAsync(FunctionMethod function, object context, IServiceProvider services)
    {
        var invocation = new EmbeddedFunctionContext(function, services, CancellationToken.None);
        var target = function.Method.IsStatic ? null : ActivatorUtilities.CreateInstance(services, function.Method.DeclaringType!);
        var arguments = function.Method.GetParameters()
            .Select(parameter => function.IsTrigger(parameter) ? context
                : parameter.ParameterType == typeof(FunctionContext) ? invocation
                : (object)CancellationToken.None)
            .ToArray();
        return ResultAsync(Call(function.Method, target, arguments));
    }

    private object? Bind(ParameterInfo parameter, FunctionMethod function, object? trigger, EmbeddedFunctionContext context, HttpContext? http)
    {
        if (function.IsTrigger(parameter))
        {
            return trigger;
        }

        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return context;
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return context.CancellationToken;
        }

        return parameter.IsDefined(typeof(DurableClientAttribute))
            ? durable()
            : RouteValues.Convert(http?.Request.RouteValues.GetValueOrDefault(parameter.Name!), parameter.ParameterType);
    }

    private static object? Call(MethodInfo method, object? target, object?[] arguments)
    {
        try
        {
            return method.Invoke(target, arguments);
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static async Task<object?> ResultAsync(object? returned)
    {
        switch (returned)
        {
            case Task task:
                await task;
                return task.GetType().IsGenericType && task.GetType().GetProperty(nameof(Task<object>.Result)) is { } result && result.PropertyType.Name != "VoidTaskResult"
                    ? result.GetValue(task)
                    : null;
            case ValueTask task:
                await task;
                return null;
            default:
                return returned;
        }
    }
}
