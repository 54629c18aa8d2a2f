using Pulumi;

namespace Orchestrator.Infra.AzureNative.ManagedIdentity;

/// <summary>An identity of its own.</summary>
public sealed class UserAssignedIdentity : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:managedidentity/v20241130:UserAssignedIdentity";

    /// <summary>Asks for it.</summary>
    public UserAssignedIdentity(string name, UserAssignedIdentityArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>Its application id.</summary>
    [Output("clientId")]
    public Output<string> ClientId { get; private set; } = null!;

    /// <summary>What roles are given to.</summary>
    [Output("principalId")]
    public Output<string> PrincipalId { get; private set; } = null!;
}

/// <summary>What an identity of its own is made with.</summary>
public sealed class UserAssignedIdentityArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("resourceName")]
    public Input<string>? ResourceName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }
}
