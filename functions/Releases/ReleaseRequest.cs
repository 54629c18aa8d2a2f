using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Releases;

/// <summary>The request to roll a release out, as a webhook or a person made it.</summary>
/// <param name="Key">Which attempt at which release.</param>
/// <param name="DeliveryId">The webhook delivery that asked for it; empty when a person did, or it was found without one.</param>
/// <param name="Scope">Where to, when a person asked for it; null for everywhere.</param>
/// <param name="PublishedBy">The GitHub login of who published it, where a webhook says so; who drafted it may be somebody else.</param>
public sealed record ReleaseRequest(ReleaseKey Key, string DeliveryId, ReleaseScope? Scope = null, string? PublishedBy = null);

/// <summary>Where a person, or a repair, wants a release rolled out again.</summary>
/// <param name="Stack">The stack; null for all that the release names.</param>
/// <param name="Environment">The environment; null for all of them.</param>
/// <param name="IsRollback">Whether to go back to it: then it may be older than what runs.</param>
/// <param name="Why">Why.</param>
/// <param name="By">Who wants it; null for a repair.</param>
/// <param name="Regions">The regions; null for all of them.</param>
public sealed record ReleaseScope(
    StackName? Stack,
    EnvironmentName? Environment,
    bool IsRollback,
    string Why,
    string? By = null,
    IReadOnlyList<RegionName>? Regions = null)
{
    /// <summary>Whether the same is wanted, by the same and for the same reason.</summary>
    public bool IsSameAs(ReleaseScope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Regions = null } == other with { Regions = null } && (Regions ?? []).SequenceEqual(other.Regions ?? []);
    }

    /// <summary>Whether a stack is meant.</summary>
    public bool Holds(StackName stack) => Stack is null || Stack == stack;

    /// <summary>Whether an environment is meant.</summary>
    public bool Holds(EnvironmentName environment) => Environment is null || Environment == environment;
}
