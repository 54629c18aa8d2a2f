using Orchestrator.Core.Names;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Watch;

/// <summary>What has been found and not yet gone away, as it stood at one moment.</summary>
public sealed class Findings
{
    private readonly IReadOnlyDictionary<string, Finding> byKey;

    internal Findings(IReadOnlyDictionary<string, Finding> byKey) => this.byKey = byKey;

    /// <summary>The finding about a region; null when there is none.</summary>
    public Finding? Of(RegionTarget target) => byKey.GetValueOrDefault(FindingStore.Key(target));

    /// <summary>The finding about an environment's rollout; null when there is none.</summary>
    public Finding? Of(StackName stack, EnvironmentName environment) => byKey.GetValueOrDefault(FindingStore.Key(stack, environment));
}
