using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>Something that the program wants to be there.</summary>
public class Resource
{
    private readonly string type;
    private readonly string name;
    private readonly ImmutableArray<ResourceTransformation> transformations;
    private readonly ImmutableDictionary<string, ProviderResource> providers = ImmutableDictionary<string, ProviderResource>.Empty;

    private protected Resource(string type, string name, bool custom, ResourceArgs args, ResourceOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(name);
        this.type = type;
        this.name = name;
        Pending = PendingOutputs.Of(this);
        var above = type == Stack.RootType ? null : options.Parent ?? Deployment.Running.Root;
        transformations = [.. options.ResourceTransformations, .. above?.transformations ?? []];
        try
        {
            (args, options) = Transform(args, options);
        }
        catch (Exception failure)
        {
            // Nothing will come of it: who waits for its outputs is told, and the run can end.
            Pending.Fail(failure);
            throw;
        }

        if (options.Parent is { } parent)
        {
            lock (parent.Children)
            {
                parent.Children.Add(this);
            }

            providers = parent.providers;
        }

        if (custom)
        {
            Provider = options.Provider ?? options.Parent?.ProviderOf(type);
            if (options.Provider is { } given && type.Split(':') is [var package, _, _])
            {
                providers = providers.SetItem(package, given);
            }
        }
        else
        {
            providers = providers.SetItems(ProvidersOf(options).Select(provider => KeyValuePair.Create(provider.Package, provider)));
        }

        Deployment.Running.RegisterResource(this, args, options);
    }

    /// <summary>The name that the engine knows it by.</summary>
    [Output("urn")]
    public Output<string> Urn { get; private protected set; } = null!;

    internal HashSet<Resource> Children { get; } = [];

    internal ProviderResource? Provider { get; }

    internal PendingOutputs Pending { get; }

    /// <summary>Its type token.</summary>
    public string GetResourceType() => type;

    /// <summary>The name that the program gave it.</summary>
    public string GetResourceName() => name;

    /// <summary>It, and when it is a component, what is inside: who depends on a component waits for all of it.</summary>
    internal IEnumerable<Resource> WithComponentChildren()
    {
        if (this is not ComponentResource)
        {
            return [this];
        }

        lock (Children)
        {
            return [this, .. Children.SelectMany(child => child.WithComponentChildren())];
        }
    }

    private (ResourceArgs Args, ResourceOptions Options) Transform(ResourceArgs args, ResourceOptions options)
    {
        foreach (var transformation in transformations)
        {
            if (transformation(new(this, args, options)) is not { } changed)
            {
                continue;
            }

            if (changed.Options.Parent != options.Parent)
            {
                throw new ArgumentException("Transformations cannot currently be used to change the 'parent' of a resource.");
            }

            (args, options) = (changed.Args, changed.Options);
        }

        return options is { Provider: not null } and ComponentResourceOptions { Providers.Count: > 0 }
            ? throw new ResourceException("Do not supply both 'provider' and 'providers' options to a ComponentResource.", options.Parent)
            : (args, options);
    }

    private ProviderResource? ProviderOf(string token) =>
        token.Split(':') is [var package, _, _] && providers.TryGetValue(package, out var provider) ? provider : null;

    private static List<ProviderResource> ProvidersOf(ResourceOptions options) => options.Provider is { } one
        ? [one]
        : (options as ComponentResourceOptions)?.Providers ?? [];
}

/// <summary>A resource that a provider makes.</summary>
public class CustomResource : Resource
{
    /// <summary>Asks for it.</summary>
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, custom: true, args ?? ResourceArgs.Empty, options ?? new())
    {
    }

    /// <summary>The id that the provider gave it.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; } = null!;
}

/// <summary>A provider with settings of its own.</summary>
public class ProviderResource : CustomResource
{
    /// <summary>Asks for it.</summary>
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base($"pulumi:providers:{package}", name, args, options) =>
        Package = package;

    internal string Package { get; }
}

/// <summary>Resources that belong together.</summary>
public class ComponentResource : Resource
{
    /// <summary>Registers it.</summary>
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options)
    {
    }

    /// <summary>Registers it.</summary>
    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : base(type, name, custom: false, args ?? ResourceArgs.Empty, options ?? new())
    {
        if (remote)
        {
            throw new NotSupportedException("Remote components are nothing that a stand-in can run.");
        }
    }

    /// <summary>Says that all children have been asked for.</summary>
    protected void RegisterOutputs() => RegisterOutputs(new Dictionary<string, object?>());

    /// <summary>Says that all children have been asked for, and what comes out.</summary>
    protected void RegisterOutputs(IDictionary<string, object?> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        Deployment.Running.RegisterOutputs(this, outputs);
    }
}

/// <summary>The root of all resources of a program.</summary>
public class Stack : ComponentResource
{
    internal const string RootType = "pulumi:pulumi:Stack";

    /// <summary>Registers it; whoever derives from it asks for the stack's resources in the constructor.</summary>
    public Stack(StackOptions? options = null)
        : base(RootType, $"{Deployment.Instance.ProjectName}-{Deployment.Instance.StackName}", Convert(options)) =>
        Deployment.Running.Root = this;

    /// <summary>Registers the properties of whoever derives from it that are marked as outputs.</summary>
    internal void RegisterPropertyOutputs() => RegisterOutputs(GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Select(property => (Property: property, Output: property.GetCustomAttribute<OutputAttribute>()))
        .Where(one => one.Output is not null)
        .ToDictionary(one => one.Output!.Name ?? one.Property.Name, one => one.Property.GetValue(this)));

    private static ComponentResourceOptions? Convert(StackOptions? options) =>
        options is null ? null : new() { ResourceTransformations = options.ResourceTransformations };
}
