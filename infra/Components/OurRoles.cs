using Orchestrator.Infra.AzureNative.Authorization;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>The roles that Azure has none for: each allows what its bearer does, and nothing else.</summary>
internal sealed class OurRoles : ComponentResource
{
    private readonly StackContext context;

    public OurRoles(StackContext context, ComponentResourceOptions options)
        : base("dualstack:index:Roles", $"{context.Stack.Name}-roles", options)
    {
        this.context = context;
        Watches = Role(
            "watches",
            "Reads the container apps of a region, their revisions and their metrics.",
            "Microsoft.App/containerApps/read",
            "Microsoft.App/containerApps/revisions/read",
            "Microsoft.Insights/metrics/read");
        RollsOut = Role(
            "rolls-out",
            "Changes a gateway's revisions and traffic.",
            "Microsoft.App/containerApps/write",
            "Microsoft.App/containerApps/revisions/activate/action",
            "Microsoft.App/containerApps/revisions/deactivate/action");
        RunsWith = Role(
            "runs-with",
            "Leaves a gateway in its environment and with its identity, which every change of it says anew.",
            "Microsoft.App/managedEnvironments/join/action",
            "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action");
        SeesSubscription = Role("sees-subscription", "Reads that the subscription is there, which is how readiness is told.", "Microsoft.Resources/subscriptions/read");
        AsksModels = Role(
            "asks-models",
            "Sends requests to online endpoints: with its own token, or on a cluster with one of the endpoint's.",
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action",
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/token/action");
        RegisterOutputs();
    }

    /// <summary>What the orchestrator may see of a region.</summary>
    public RoleDefinition Watches { get; }

    /// <summary>What the orchestrator may do to a region's gateway.</summary>
    public RoleDefinition RollsOut { get; }

    /// <summary>What the orchestrator may do with the gateway's environment and its identity.</summary>
    public RoleDefinition RunsWith { get; }

    /// <summary>What the orchestrator may do to the subscription.</summary>
    public RoleDefinition SeesSubscription { get; }

    /// <summary>What a gateway may do to open models on Azure Machine Learning.</summary>
    public RoleDefinition AsksModels { get; }

    private RoleDefinition Role(string name, string description, params string[] actions)
    {
        var scope = context.Names.SubscriptionId;
        return new(
            $"{context.Stack.Name}-{name}",
            new()
            {
                Scope = scope,
                RoleDefinitionId = DeterministicGuid.Of(scope, context.Stack.Name.Value, name),
                RoleName = $"{context.Stack.Name} {name}",
                RoleType = "CustomRole",
                Description = description,
                AssignableScopes = [scope],
                Permissions = [new PermissionArgs { Actions = actions }],
            },
            new() { Parent = this });
    }
}
