namespace Pulumi;

/// <summary>What the user is told when a program cannot go on; without a stack trace.</summary>
public class RunException : Exception
{
    /// <summary>With a message for the user.</summary>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the user and its cause.</summary>
    public RunException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What is wrong with a resource.</summary>
public class ResourceException : Exception
{
    /// <summary>With the resource that it is about.</summary>
    public ResourceException(string message, Resource? resource)
        : base(message) =>
        Resource = resource;

    internal Resource? Resource { get; }
}
