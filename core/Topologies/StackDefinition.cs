using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Topologies;

/// <summary>One separate world: its cloud, its credential, its environments.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="Cloud">The Azure cloud that all of the stack lives in.</param>
/// <param name="TenantId">The Entra tenant that issues the stack's tokens.</param>
/// <param name="SubscriptionId">The subscription that holds the stack's resources.</param>
/// <param name="Credential">How the function app signs in to this stack's cloud.</param>
/// <param name="Environments">In rollout order: each begins when the one before has succeeded.</param>
/// <param name="MaxRegionsAtWork">At most so many regions of the stack are rolled out to at once, over all its environments; null for no limit.</param>
/// <param name="Calendar">When nothing is rolled out; null for never.</param>
/// <param name="WeightsHub">Where open weights are fetched from; null when releases bring none.</param>
public sealed record StackDefinition(
    StackName Name,
    CloudDefinition Cloud,
    Guid TenantId,
    Guid SubscriptionId,
    CredentialDefinition Credential,
    IReadOnlyList<EnvironmentDefinition> Environments,
    int? MaxRegionsAtWork = null,
    FreezeCalendar? Calendar = null,
    WeightsHubDefinition? WeightsHub = null)
{
    /// <summary>The environment of that name, or null.</summary>
    public EnvironmentDefinition? Find(EnvironmentName environment) =>
        Environments.FirstOrDefault(candidate => candidate.Name == environment);
}
