using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Local.Hosting;

/// <summary>What a function may look like, so that this host and the Functions worker both run it.</summary>
internal static class FunctionRules
{
    public static bool IsTrigger(Attribute attribute) =>
        attribute is HttpTriggerAttribute or TimerTriggerAttribute or OrchestrationTriggerAttribute or ActivityTriggerAttribute;

    /// <summary>Everything that is wrong with a function; nothing when it can be hosted.</summary>
    public static IEnumerable<string> Problems(FunctionMethod function)
    {
        var type = function.Method.DeclaringType!;
        if (!function.Method.IsPublic || !type.IsVisible || (type.IsAbstract && !function.Method.IsStatic))
        {
            yield return $"{function.Name}: expected a public method of a public class, found {function.EntryPoint}";
        }

        if (!CanReturn(function))
        {
            yield return $"{function.Name}: expected no result{(function.Http is null ? string.Empty : ", an IResult or an IActionResult")}, found {function.Method.ReturnType.Name}";
        }

        var (route, problem) = Route(function);
        if (problem is not null)
        {
            yield return $"{function.Name}: expected a route template, found '{function.Route}': {problem}";
        }

        foreach (var parameter in function.Parameters.Where(parameter => !CanBind(function, parameter, route)))
        {
            yield return $"{function.Name}: expected a parameter that can be bound, found {parameter.ParameterType.Name} {parameter.Name}";
        }
    }

    private static (RoutePattern? Route, string? Problem) Route(FunctionMethod function)
    {
        try
        {
            return (function.Route is { } route ? RoutePatternFactory.Parse(route) : null, null);
        }
        catch (RoutePatternException malformed)
        {
            return (null, malformed.Message);
        }
    }

    private static bool CanReturn(FunctionMethod function)
    {
        var result = function.Result.Type;
        return function.Trigger switch
        {
            HttpTriggerAttribute => result == typeof(void) || result.IsAssignableTo(typeof(IResult)) || result.IsAssignableTo(typeof(IActionResult)),
            TimerTriggerAttribute => result == typeof(void),
            _ => true,
        };
    }

    private static bool CanBind(FunctionMethod function, ParameterInfo parameter, RoutePattern? route)
    {
        var type = parameter.ParameterType;
        if (parameter == function.TriggerParameter)
        {
            return function.Trigger switch
            {
                HttpTriggerAttribute => type == typeof(HttpRequest),
                TimerTriggerAttribute => type == typeof(TimerInfo),
                OrchestrationTriggerAttribute => type == typeof(TaskOrchestrationContext),
                _ => true,
            };
        }

        return type == typeof(FunctionContext)
            || type == typeof(CancellationToken)
            || (parameter.IsDefined(typeof(DurableClientAttribute)) && type == typeof(DurableTaskClient) && function.Orchestration is null)
            || (route?.GetParameter(parameter.Name!) is not null && RouteValues.CanConvert(type));
    }
}
