using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Azure;

/// <summary>The stacks that this instance drives, each with its own connection.</summary>
/// <param name="connections">The connections.</param>
public sealed class StackConnections(IReadOnlyList<StackConnection> connections) : IDisposable
{
    /// <summary>All of them, in the order of the topology.</summary>
    public IReadOnlyList<StackConnection> All { get; } = connections;

    /// <summary>The connection of <paramref name="stack"/>.</summary>
    /// <exception cref="InvalidOperationException">This instance does not drive that stack.</exception>
    public StackConnection Of(StackName stack) => Find(stack)
        ?? throw new InvalidOperationException($"This instance drives {string.Join(", ", All.Select(one => one.Stack.Name))}; found work for stack '{stack}'. Check its topology and the setting Orchestrator:Stacks.");

    /// <summary>The connection of <paramref name="stack"/>, or null when this instance does not drive it.</summary>
    public StackConnection? Find(StackName stack) => All.FirstOrDefault(one => one.Stack.Name == stack);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var connection in All)
        {
            connection.Dispose();
        }
    }
}
