using Orchestrator.Core.Topologies;

namespace Orchestrator.Local.Demo;

/// <summary>A simulated cloud as a stack sees it.</summary>
/// <param name="Definition">Its endpoints.</param>
/// <param name="TenantId">Its tenant.</param>
/// <param name="SubscriptionId">Its subscription.</param>
/// <param name="ClientId">The application that may sign in.</param>
/// <param name="SecretSetting">The setting that holds that application's secret.</param>
internal sealed record SimulatedCloud(
    CloudDefinition Definition,
    Guid TenantId,
    Guid SubscriptionId,
    Guid ClientId,
    string SecretSetting);
