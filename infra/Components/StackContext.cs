using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Infra.Clouds;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>What all components of a stack share.</summary>
/// <param name="Stack">The stack's configuration.</param>
internal sealed record StackContext(StackConfiguration Stack)
{
    public ResourceNames Names { get; } = new(Stack);

    public CloudChoices Cloud { get; } = CloudChoices.Of(Stack);

    public bool IsPrivate => Stack.Network == NetworkKind.Private;

    /// <summary>What <c>publicNetworkAccess</c> says for the stack's data.</summary>
    public string PublicAccess => IsPrivate ? "Disabled" : "Enabled";

    /// <summary>The tags of a resource: whose it is, what it is charged to, and that people leave it alone.</summary>
    public InputMap<string> Tags(RegionName region, EnvironmentName? environment = null)
    {
        var tags = new Dictionary<string, string>
        {
            ["stack"] = Stack.Name.Value,
            ["region"] = region.Value,
            ["owner"] = Stack.Owner,
            ["cost-centre"] = Stack.CostCentre,
            ["managed-by"] = "pulumi",
        };
        if (environment is not null)
        {
            tags["environment"] = environment.Value;
        }

        return tags;
    }
}

/// <summary>Where a component of a region puts its resources.</summary>
/// <param name="Context">The stack.</param>
/// <param name="Environment">The environment; null for what belongs to the whole stack.</param>
/// <param name="Region">The region.</param>
/// <param name="Group">The resource group's name.</param>
internal sealed record Place(StackContext Context, EnvironmentName? Environment, RegionName Region, Input<string> Group)
{
    /// <summary>The parts that tell this place from the stack's others.</summary>
    public string[] Parts => Environment is null ? ["orchestrator"] : [Environment.Value, Region.Value];

    /// <summary>A name for the program: unique within the stack.</summary>
    public string Logical(params string[] more) => string.Join('-', [Context.Stack.Name.Value, .. Parts, .. more]);

    public InputMap<string> Tags() => Context.Tags(Region, Environment);
}
