using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Local.Hosting;

/// <summary>Finds the functions of an assembly by their attributes, and refuses what the Functions worker would refuse.</summary>
internal static class FunctionCatalog
{
    private static readonly Type[] Triggers =
        [typeof(HttpTriggerAttribute), typeof(TimerTriggerAttribute), typeof(OrchestrationTriggerAttribute), typeof(ActivityTriggerAttribute)];

    /// <exception cref="InvalidOperationException">Some functions cannot be hosted; the message lists all of them.</exception>
    public static IReadOnlyList<FunctionMethod> Of(IEnumerable<Assembly> assemblies)
    {
        var problems = new List<string>();
        var functions = assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .Select(method => Read(method, problems))
            .OfType<FunctionMethod>()
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        foreach (var same in functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            problems.Add($"{same.Key}: expected one function of that name, found {string.Join(" and ", same.Select(function => function.EntryPoint))}");
        }

        return problems.Count == 0
            ? functions
            : throw new InvalidOperationException($"Some functions cannot be hosted:\n  {string.Join("\n  ", problems)}");
    }

    private static FunctionMethod? Read(MethodInfo method, List<string> problems)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        if (!method.IsPublic || !method.DeclaringType!.IsVisible)
        {
            problems.Add($"{name}: expected a public method of a public class, found {method.DeclaringType!.FullName}.{method.Name}");
            return null;
        }

        var triggers = method.GetParameters()
            .Select(parameter => (Parameter: parameter, Trigger: parameter.GetCustomAttributes().FirstOrDefault(attribute => Triggers.Contains(attribute.GetType()))))
            .Where(found => found.Trigger is not null)
            .ToArray();
        if (triggers is not [var (parameter, trigger)])
        {
            problems.Add($"{name}: expected one trigger (HTTP, timer, orchestration or activity), found {triggers.Length}");
            return null;
        }

        var function = new FunctionMethod(name, method, parameter, trigger!);
        problems.AddRange(method.GetParameters().Where(candidate => !CanBind(function, candidate)).Select(candidate =>
            $"{name}: expected a parameter that can be bound, found {candidate.ParameterType.Name} {candidate.Name}"));
        return function;
    }

    private static bool CanBind(FunctionMethod function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(FunctionContext) || type == typeof(CancellationToken))
        {
            return true;
        }

        if (parameter.IsDefined(typeof(DurableClientAttribute)))
        {
            return type == typeof(DurableTaskClient);
        }

        if (function.IsTrigger(parameter))
        {
            return function.Trigger switch
            {
                HttpTriggerAttribute => type == typeof(HttpRequest),
                TimerTriggerAttribute => type == typeof(TimerInfo),
                OrchestrationTriggerAttribute => type == typeof(TaskOrchestrationContext),
                _ => true,
            };
        }

        return function.Http is { } http && RouteValues.CanConvert(type) && http.Route?.Contains("{" + parameter.Name, StringComparison.OrdinalIgnoreCase) == true;
    }
}
