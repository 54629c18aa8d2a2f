using Orchestrator.Core.Names;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Watch;

/// <summary>What has been found and not yet gone away, as it stood at one moment.</summary>
public sealed class Findings
{
    private readonly IReadOnlyDictionary<string, Finding> byKey;

    internal Findings(IReadOnlyDictionary<string, Finding> byKey) => this.byKey = byKey;

    /// <summary>The finding about a region, or else about its models; null when there is none.</summary>
    public Finding? Of(RegionTarget target) => byKey.GetValueOrDefault(FindingStore.Key(target)) ?? OfModels(target);

    /// <summary>The finding about a region's models; null when there is none.</summary>
    public Finding? OfModels(RegionTarget target) => byKey.GetValueOrDefault(FindingStore.ModelsKey(target));

    /// <summary>The finding about an environment's rollout; null when there is none.</summary>
    public Finding? Of(StackName stack, EnvironmentName environment) => byKey.GetValueOrDefault(FindingStore.Key(stack, environment));
}
