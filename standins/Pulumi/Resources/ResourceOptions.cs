namespace Pulumi;

/// <summary>How a resource is kept.</summary>
public abstract class ResourceOptions
{
    /// <summary>The id of one that exists, which is read instead of made.</summary>
    public Input<string>? Id { get; set; }

    /// <summary>The resource that it belongs to; the stack when null.</summary>
    public Resource? Parent { get; set; }

    /// <summary>Resources that must be there first.</summary>
    public InputList<Resource> DependsOn
    {
        get => field ??= [];
        set;
    }

    /// <summary>Whether it is kept from being deleted.</summary>
    public bool? Protect { get; set; }

    /// <summary>Properties whose changes do not count.</summary>
    public List<string> IgnoreChanges
    {
        get => field ??= [];
        set;
    }

    /// <summary>The version of its provider's plugin.</summary>
    public string? Version { get; set; }

    /// <summary>Who makes it; the parent's provider of the same package when null.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>What sees it, and all below it, before it is asked for.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => field ??= [];
        set;
    }

    /// <summary>Names that it had before.</summary>
    public List<Input<Alias>> Aliases { get; set; } = [];

    /// <summary>Properties whose changes need a new one.</summary>
    public List<string> ReplaceOnChanges
    {
        get => field ??= [];
        set;
    }

    /// <summary>Whether what it stands for stays when it is deleted.</summary>
    public bool? RetainOnDelete { get; set; }

    /// <summary>A resource whose deletion takes this one along.</summary>
    public Resource? DeletedWith { get; set; }
}

/// <summary>How a resource is kept that a provider makes.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    /// <summary>Whether the old one goes before the new one comes.</summary>
    public bool? DeleteBeforeReplace { get; set; }

    /// <summary>Further outputs that are secrets.</summary>
    public List<string> AdditionalSecretOutputs { get; set; } = [];

    /// <summary>The id of one that exists, which is taken over.</summary>
    public string? ImportId { get; set; }
}

/// <summary>How a component is kept.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    /// <summary>The providers of its children, one for each package.</summary>
    public List<ProviderResource> Providers { get; set; } = [];
}

/// <summary>How a stack is kept.</summary>
public class StackOptions
{
    /// <summary>What sees all of the stack's resources before they are asked for.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => field ??= [];
        set;
    }
}

/// <summary>A name that a resource had before.</summary>
public sealed class Alias
{
    /// <summary>Its whole URN.</summary>
    public string? Urn { get; set; }

    /// <summary>Its name.</summary>
    public Input<string>? Name { get; set; }

    /// <summary>Its type.</summary>
    public Input<string>? Type { get; set; }

    /// <summary>Its parent.</summary>
    public Resource? Parent { get; set; }
}
