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
            "Reads the container apps of a region, their revisions and their metrics, and where its storage is.",
            "Microsoft.App/containerApps/read",
            "Microsoft.App/containerApps/revisions/read",
            "Microsoft.Insights/metrics/read",
            "Microsoft.Storage/storageAccounts/read");
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
        SeesSubscription = Role(
            "sees-subscription",
            "Reads that the subscription is there, which is how readiness is told, and how much of its model quota is left.",
            "Microsoft.Resources/subscriptions/read",
            "Microsoft.CognitiveServices/locations/usages/read");
        ChangesClosedModels = Role(
            "changes-closed-models",
            "Makes and removes deployments of an AI account.",
            "Microsoft.CognitiveServices/accounts/read",
            "Microsoft.CognitiveServices/accounts/deployments/read",
            "Microsoft.CognitiveServices/accounts/deployments/write",
            "Microsoft.CognitiveServices/accounts/deployments/delete");
        ChangesOpenModels = Role(
            "changes-open-models",
            "Makes and removes servers of online endpoints, and shares their traffic.",
            "Microsoft.MachineLearningServices/workspaces/environments/versions/read",
            "Microsoft.MachineLearningServices/workspaces/environments/versions/write",
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read",
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write",
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/read",
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/write",
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/delete");
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

    /// <summary>What the orchestrator may do to the closed models of a region.</summary>
    public RoleDefinition ChangesClosedModels { get; }

    /// <summary>What the orchestrator may do to the open models that a region serves itself.</summary>
    public RoleDefinition ChangesOpenModels { get; }

    /// <summary>What a gateway may do to open models on Azure Machine Learning, and the orchestrator to verify them.</summary>
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
