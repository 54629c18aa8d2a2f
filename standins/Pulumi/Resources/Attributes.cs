namespace Pulumi;

/// <summary>Marks an output property of a resource.</summary>
/// <param name="name">Its name on the wire.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string? name = null) : Attribute
{
    /// <summary>Its name on the wire.</summary>
    public string? Name { get; } = name;
}

/// <summary>Marks an input of a resource.</summary>
/// <param name="name">Its name on the wire.</param>
/// <param name="required">Whether it may not be null.</param>
/// <param name="json">Whether it goes over the wire as JSON text.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InputAttribute(string name, bool required = false, bool json = false) : Attribute
{
    internal string Name { get; } = name;

    internal bool IsRequired { get; } = required;

    internal bool Json { get; } = json;
}

/// <summary>Marks a class that an output's value may be.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;

/// <summary>Marks the constructor of an output's value: its parameters have the names on the wire.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;

/// <summary>Gives a parameter of an output's constructor another name on the wire.</summary>
/// <param name="name">Its name on the wire.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute(string name) : Attribute
{
    internal string Name { get; } = name;
}

/// <summary>Names a resource's type token.</summary>
/// <param name="type">The token.</param>
/// <param name="version">The version of its package.</param>
[AttributeUsage(AttributeTargets.Class)]
public class ResourceTypeAttribute(string type, string? version) : Attribute
{
    /// <summary>The token.</summary>
    public string Type { get; } = type;

    /// <summary>The version of its package.</summary>
    public string? Version { get; } = version;
}
