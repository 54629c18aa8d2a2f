using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>The part that runs programs: against mocks, as there is no engine behind a stand-in.</summary>
public sealed partial class Deployment
{
    /// <summary>Refuses: only the real package can be run by the engine.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public static Task<int> RunAsync(Action action) => Refuse();

    /// <inheritdoc cref="RunAsync(Action)" />
    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => Refuse();

    /// <inheritdoc cref="RunAsync(Action)" />
    public static Task<int> RunAsync(Func<Task> func) => Refuse();

    /// <inheritdoc cref="RunAsync(Action)" />
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => Refuse();

    /// <inheritdoc cref="RunAsync(Action)" />
    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => Refuse();

    /// <summary>Runs a program against mocks. Runs must follow one another.</summary>
    /// <returns>What was asked for.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">It failed in several places.</exception>
    public static Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources) =>
        TestAsync(testMocks, testOptions, () =>
        {
            createResources();
            return Task.CompletedTask;
        });

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Action)" />
    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
    {
        var (resources, _) = await TestAsync(testMocks, testOptions, async () =>
        {
            await createResources();
            return (IDictionary<string, object?>)new Dictionary<string, object?>();
        });
        return resources;
    }

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Action)" />
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Func<IDictionary<string, object?>> createResources) =>
        TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Action)" />
    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Func<Task<IDictionary<string, object?>>> createResources)
    {
        IDictionary<string, object?> outputs = new Dictionary<string, object?>();
        var resources = await TestStackAsync(testMocks, testOptions, async () =>
        {
            var stack = new Stack();
            outputs = await createResources();
            return stack;
        });
        return ([.. resources.Where(resource => resource is not Stack)], outputs);
    }

    /// <summary>Runs a program that is a stack against mocks; the stack itself is among the resources. Runs must follow one another.</summary>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">It failed in several places.</exception>
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() => TestStackAsync(mocks, options, () => Task.FromResult((Stack)Activator.CreateInstance(typeof(TStack), BindingFlags.DoNotWrapExceptions, binder: null, args: null, culture: null)!));

    private static Task<ImmutableArray<Resource>> TestStackAsync(IMocks mocks, TestOptions? options, Func<Task<Stack>> createStack) => Task.Run(async () =>
    {
        var deployment = new Deployment(mocks, options);
        Ambient.Value = deployment;
        return await deployment.ToEndAsync(createStack);
    });

    private async Task<ImmutableArray<Resource>> ToEndAsync(Func<Task<Stack>> createStack)
    {
        Register(CreateAsync());
        foreach (var failure in await tasks.IdleAsync())
        {
            Error(failure is RunException ? failure.Message : $"Running program failed with an unhandled exception:\n{failure}");
        }

        return errors.ToArray() switch
        {
            [] => [.. resources],
            [var error] => throw new RunException(error),
            var several => throw new AggregateException(several.Select(error => new RunException(error))),
        };

        async Task CreateAsync() => (await createStack()).RegisterPropertyOutputs();
    }

    private static Task<int> Refuse() => throw new InvalidOperationException(
        "Program run without the Pulumi engine available; re-run using the `pulumi` CLI. "
        + "This build cannot be run by it either: stand-ins are compiled in, because this feed lacks the package Pulumi. Build where it can be restored; see standins/README.md.");
}
