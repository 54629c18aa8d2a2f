using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Azure;

/// <summary>One region of one environment of one stack, with the app that serves it.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Region">The region and its app.</param>
public sealed record RegionTarget(StackName Stack, EnvironmentName Environment, RegionDefinition Region)
{
    /// <summary>The target as people read it: <c>stack/environment/region</c>. Also the name of its GitHub environment.</summary>
    public override string ToString() => $"{Stack}/{Environment}/{Region.Name}";
}
