using Pulumi;

namespace Orchestrator.Infra.AzureNative;

/// <summary>Who a resource acts as.</summary>
public sealed class IdentityArgs : ResourceArgs
{
    /// <summary>E.g. UserAssigned.</summary>
    [Input("type", required: true)]
    public Input<string>? Type { get; set; }

    /// <summary>The ids of user-assigned identities: a list on the way in, where ARM has a map.</summary>
    [Input("userAssignedIdentities")]
    public InputList<string>? UserAssignedIdentities { get; set; }
}

/// <summary>What a resource costs and can do.</summary>
public sealed class SkuArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }

    /// <summary>Its tier.</summary>
    [Input("tier")]
    public Input<string>? Tier { get; set; }

    /// <summary>Its family.</summary>
    [Input("family")]
    public Input<string>? Family { get; set; }

    /// <summary>How much of it.</summary>
    [Input("capacity")]
    public Input<int>? Capacity { get; set; }
}

/// <summary>A resource by its id.</summary>
public sealed class SubResourceArgs : ResourceArgs
{
    /// <summary>The id.</summary>
    [Input("id")]
    public Input<string>? Id { get; set; }
}
