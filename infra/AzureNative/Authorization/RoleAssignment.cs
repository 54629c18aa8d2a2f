using Pulumi;

namespace Orchestrator.Infra.AzureNative.Authorization;

/// <summary>A role that is given to somebody.</summary>
public sealed class RoleAssignment : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:authorization/v20220401:RoleAssignment";

    /// <summary>Asks for it.</summary>
    public RoleAssignment(string name, RoleAssignmentArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a role that is given to somebody is made with.</summary>
public sealed class RoleAssignmentArgs : ResourceArgs
{
    /// <summary>Where.</summary>
    [Input("scope", required: true)]
    public Input<string>? Scope { get; set; }

    /// <summary>Its name, a GUID.</summary>
    [Input("roleAssignmentName")]
    public Input<string>? RoleAssignmentName { get; set; }

    /// <summary>To whom.</summary>
    [Input("principalId", required: true)]
    public Input<string>? PrincipalId { get; set; }

    /// <summary>ServicePrincipal for identities: set, so that a new one need not have been replicated.</summary>
    [Input("principalType")]
    public Input<string>? PrincipalType { get; set; }

    /// <summary>Which role.</summary>
    [Input("roleDefinitionId", required: true)]
    public Input<string>? RoleDefinitionId { get; set; }
}
