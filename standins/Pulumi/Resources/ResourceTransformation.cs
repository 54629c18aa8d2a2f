namespace Pulumi;

/// <summary>Sees a resource before it is asked for, and may change what it is made with; null leaves all as it is.</summary>
public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);

/// <summary>What a transformation sees.</summary>
public readonly struct ResourceTransformationArgs
{
    /// <summary>What a transformation sees.</summary>
    public ResourceTransformationArgs(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        Resource = resource;
        Args = args;
        Options = options;
    }

    /// <summary>The resource.</summary>
    public Resource Resource { get; }

    /// <summary>What it is made with.</summary>
    public ResourceArgs Args { get; }

    /// <summary>How it is kept.</summary>
    public ResourceOptions Options { get; }
}

/// <summary>What a transformation makes of a resource.</summary>
public readonly struct ResourceTransformationResult
{
    /// <summary>What a transformation makes of a resource.</summary>
    public ResourceTransformationResult(ResourceArgs args, ResourceOptions options)
    {
        Args = args;
        Options = options;
    }

    /// <summary>What it is made with.</summary>
    public ResourceArgs Args { get; }

    /// <summary>How it is kept.</summary>
    public ResourceOptions Options { get; }
}
