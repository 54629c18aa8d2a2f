using Pulumi;

namespace Orchestrator.Infra.AzureNative.Authorization;

/// <summary>A role of our own.</summary>
public sealed class RoleDefinition : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:authorization/v20220401:RoleDefinition";

    /// <summary>Asks for it.</summary>
    public RoleDefinition(string name, RoleDefinitionArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

/// <summary>What a role of our own is made with.</summary>
public sealed class RoleDefinitionArgs : ResourceArgs
{
    /// <summary>Where it is known.</summary>
    [Input("scope", required: true)]
    public Input<string>? Scope { get; set; }

    /// <summary>Its name, a GUID.</summary>
    [Input("roleDefinitionId")]
    public Input<string>? RoleDefinitionId { get; set; }

    /// <summary>What people call it.</summary>
    [Input("roleName")]
    public Input<string>? RoleName { get; set; }

    /// <summary>What it is for.</summary>
    [Input("description")]
    public Input<string>? Description { get; set; }

    /// <summary>CustomRole.</summary>
    [Input("roleType")]
    public Input<string>? RoleType { get; set; }

    /// <summary>Where it can be given.</summary>
    [Input("assignableScopes")]
    public InputList<string>? AssignableScopes { get; set; }

    /// <summary>What it allows.</summary>
    [Input("permissions")]
    public InputList<PermissionArgs>? Permissions { get; set; }
}

/// <summary>What a role allows.</summary>
public sealed class PermissionArgs : ResourceArgs
{
    /// <summary>Actions on resources.</summary>
    [Input("actions")]
    public InputList<string>? Actions { get; set; }

    /// <summary>Actions on what is in them.</summary>
    [Input("dataActions")]
    public InputList<string>? DataActions { get; set; }
}
