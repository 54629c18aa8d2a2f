using System.Text.Json.Serialization;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Topologies;

/// <summary>All that a function app needs to know about the stacks it drives. Exported by the infra program, read at start.</summary>
/// <param name="Repository">The repository whose releases are rolled out.</param>
/// <param name="Stacks">The stacks; none depends on another.</param>
public sealed record Topology(RepositoryName Repository, IReadOnlyList<StackDefinition> Stacks)
{
    /// <summary>Whether any environment takes prereleases.</summary>
    [JsonIgnore]
    public bool TakesPrereleases => Stacks.Any(stack => stack.Environments.Any(environment => environment.Prereleases));

    /// <summary>The stack of that name, or null.</summary>
    public StackDefinition? Find(StackName stack) => Stacks.FirstOrDefault(candidate => candidate.Name == stack);
}
