using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>One environment: its regions, all of them built at once, whatever the order in which releases reach them.</summary>
internal sealed class StackEnvironment : ComponentResource
{
    public StackEnvironment(StackContext context, EnvironmentConfiguration environment, OurRoles roles, UserAssignedIdentity orchestrator, ComponentResourceOptions options)
        : base("dualstack:index:Environment", $"{context.Stack.Name}-{environment.Name}", options)
    {
        Regions = [.. environment.Waves.SelectMany(wave => wave.Regions).Select(region =>
            (region.Name, new Region(context, environment, region, roles, orchestrator, new() { Parent = this })))];
        RegisterOutputs();
    }

    public IReadOnlyList<(RegionName Name, Region Region)> Regions { get; }
}
