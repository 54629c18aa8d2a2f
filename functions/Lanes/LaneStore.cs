using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Lanes;

/// <summary>The lanes, the stop-the-line switches and the tags marked bad, in the store.</summary>
/// <param name="store">The store.</param>
public sealed class LaneStore(IStateStore store)
{
    /// <summary>The scope of the switch that stops every stack's line.</summary>
    public const string AllStacks = "all";

    private const string LaneKind = "lanes";
    private const string LineKind = "lines";
    private const string SlotKind = "work-slots";
    private const string BadKind = "bad-releases";

    /// <summary>The lane of an environment.</summary>
    public async Task<Lane> ReadAsync(StackName stack, EnvironmentName environment, CancellationToken cancellationToken) =>
        await store.ReadAsync<Lane>(LaneKind, Key(stack, environment), cancellationToken) ?? Lane.Empty;

    /// <summary>Changes the lane of an environment by a pure function.</summary>
    public Task<T> ChangeAsync<T>(StackName stack, EnvironmentName environment, Func<Lane, (Lane After, T Result)> change, CancellationToken cancellationToken) =>
        store.ChangeAsync<Lane, T>(LaneKind, Key(stack, environment), lane => change(lane ?? Lane.Empty), cancellationToken);

    /// <summary>Changes who of a stack's regions is at work by a pure function.</summary>
    public Task<T> ChangeAsync<T>(StackName stack, Func<WorkSlots, (WorkSlots After, T Result)> change, CancellationToken cancellationToken) =>
        store.ChangeAsync<WorkSlots, T>(SlotKind, stack.Value, slots => change(slots ?? WorkSlots.Empty), cancellationToken);

    /// <summary>Why the stack's line is stopped; null when it is not.</summary>
    public async Task<string?> LineAsync(StackName stack, CancellationToken cancellationToken)
    {
        foreach (var scope in new[] { AllStacks, stack.Value })
        {
            if (await store.ReadAsync<Mark>(LineKind, scope, cancellationToken) is { } stopped)
            {
                return $"the line is stopped{(scope == AllStacks ? " for all stacks" : string.Empty)} by {stopped.By}: {stopped.Why}";
            }
        }

        return null;
    }

    /// <summary>The switches that are thrown, by scope.</summary>
    public async Task<IReadOnlyDictionary<string, Mark>> LinesAsync(CancellationToken cancellationToken) =>
        (await store.ListAsync(LineKind, cancellationToken)).ToDictionary(entry => entry.Key, StateStores.Value<Mark>);

    /// <summary>Stops the line of a stack, or of <see cref="AllStacks"/>.</summary>
    public Task StopAsync(string scope, Mark mark, CancellationToken cancellationToken) => store.ChangeAsync<Mark>(LineKind, scope, _ => mark, cancellationToken);

    /// <summary>Opens the line again.</summary>
    public Task OpenAsync(string scope, CancellationToken cancellationToken) => store.DeleteAsync(LineKind, scope, cancellationToken);

    /// <summary>Why the tag has been marked bad; null when it has not.</summary>
    public Task<Mark?> BadAsync(ReleaseTag tag, CancellationToken cancellationToken) => store.ReadAsync<Mark>(BadKind, StateKeys.Of(tag), cancellationToken);

    /// <summary>The tags that are marked bad.</summary>
    public async Task<IReadOnlyList<Mark>> BadAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(BadKind, cancellationToken)).Select(StateStores.Value<Mark>)];

    /// <summary>Marks a tag bad: it is never rolled out.</summary>
    public Task MarkBadAsync(ReleaseTag tag, Mark mark, CancellationToken cancellationToken) => store.ChangeAsync<Mark>(BadKind, StateKeys.Of(tag), _ => mark, cancellationToken);

    /// <summary>Takes the mark away.</summary>
    public Task ClearBadAsync(ReleaseTag tag, CancellationToken cancellationToken) => store.DeleteAsync(BadKind, StateKeys.Of(tag), cancellationToken);

    private static string Key(StackName stack, EnvironmentName environment) => $"{stack}_{environment}";
}
