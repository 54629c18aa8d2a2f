using System.Reflection;

namespace Orchestrator.Local.Hosting;

/// <summary>What a function gives in the end, whether at once or as a task.</summary>
/// <param name="Type">The type of the value; void for none.</param>
/// <param name="ReadAsync">The value of what the method returned; null for none.</param>
internal sealed record FunctionResult(Type Type, Func<object?, Task<object?>> ReadAsync)
{
    public static FunctionResult Of(Type returned)
    {
        if (returned == typeof(Task))
        {
            return new(typeof(void), static async task => await EndAsync((Task)task!));
        }

        if (returned == typeof(ValueTask))
        {
            return new(typeof(void), static async task => await EndAsync(((ValueTask)task!).AsTask()));
        }

        var generic = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        return generic == typeof(Task<>) ? Of(returned, nameof(ValueOfTaskAsync))
            : generic == typeof(ValueTask<>) ? Of(returned, nameof(ValueOfValueTaskAsync))
            : new(returned, Task.FromResult);
    }

    private static FunctionResult Of(Type returned, string reader)
    {
        var type = returned.GetGenericArguments()[0];
        return new(type, typeof(FunctionResult)
            .GetMethod(reader, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type)
            .CreateDelegate<Func<object?, Task<object?>>>());
    }

    private static async Task<object?> EndAsync(Task task)
    {
        await task;
        return null;
    }

    private static async Task<object?> ValueOfTaskAsync<T>(object? task) => await (Task<T>)task!;

    private static async Task<object?> ValueOfValueTaskAsync<T>(object? task) => await (ValueTask<T>)task!;
}
