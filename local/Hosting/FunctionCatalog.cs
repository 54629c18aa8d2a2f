using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Local.Hosting;

/// <summary>Finds functions by their attributes, and refuses what the Functions worker would refuse.</summary>
internal static class FunctionCatalog
{
    private const BindingFlags AllMethods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <exception cref="InvalidOperationException">Some functions cannot be hosted; the message lists all of them.</exception>
    public static IReadOnlyList<FunctionMethod> Of(IEnumerable<Assembly> assemblies)
    {
        var problems = new List<string>();
        var functions = assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(AllMethods))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .Select(method => Read(method, problems))
            .OfType<FunctionMethod>()
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        problems.AddRange(functions.SelectMany(FunctionRules.Problems));
        problems.AddRange(Doubles(functions, "function", function => function.Name));
        problems.AddRange(Doubles(functions, "orchestration", function => function.Orchestration));
        problems.AddRange(Doubles(functions, "activity", function => function.Activity));
        return problems.Count == 0
            ? functions
            : throw new InvalidOperationException($"Some functions cannot be hosted:\n  {string.Join("\n  ", problems)}");
    }

    private static FunctionMethod? Read(MethodInfo method, List<string> problems)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var triggers = method.GetParameters()
            .SelectMany(parameter => parameter.GetCustomAttributes().Where(FunctionRules.IsTrigger).Select(trigger => (Parameter: parameter, Trigger: trigger)))
            .ToArray();
        if (triggers is [var (parameter, trigger)])
        {
            return new(name, method, parameter.Position, trigger);
        }

        problems.Add($"{name}: expected one trigger (HTTP, timer, orchestration or activity), found {triggers.Length}");
        return null;
    }

    private static IEnumerable<string> Doubles(IEnumerable<FunctionMethod> functions, string what, Func<FunctionMethod, string?> nameOf) => functions
        .Where(function => nameOf(function) is not null)
        .GroupBy(nameOf, StringComparer.OrdinalIgnoreCase)
        .Where(same => same.Count() > 1)
        .Select(same => $"{same.Key}: expected one {what} of that name, found {string.Join(" and ", same.Select(function => function.EntryPoint))}");
}
