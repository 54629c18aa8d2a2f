using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Tests.State;

/// <summary>Regions by their names.</summary>
internal static class Targets
{
    public static RegionTarget Of(string stack, string environment, string region) => new(
        Identifier.Parse<StackName>(stack),
        Identifier.Parse<EnvironmentName>(environment),
        new RegionDefinition(Identifier.Parse<RegionName>(region), Identifier.Parse<ResourceGroupName>("gateway"), Identifier.Parse<ContainerAppName>("gateway")));
}
