using System.Collections.Immutable;
using Pulumi.Serialization;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>The part that tells the engine of resources.</summary>
public sealed partial class Deployment
{
    internal void RegisterResource(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        // The constructor may still be at work on the resource: nothing here looks at it before its own thread lets go.
        Register(Task.Run(() => CompleteAsync(resource, args, options)));
    }

    internal void RegisterOutputs(Resource resource, IDictionary<string, object?> outputs) => Register(Task.Run(async () =>
    {
        var values = outputs.ToImmutableDictionary(output => output.Key, output => Output.Untyped(output.Value));
        var urn = await resource.Urn.GetValueAsync(whenUnknown: string.Empty);
        await mocks.RegisterResourceOutputs(new(urn, values));
    }));

    private async Task CompleteAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        try
        {
            var (urn, id, state) = await AskAsync(resource, args, options);
            resource.Pending.Resolve("urn", urn);
            if (resource is CustomResource)
            {
                resource.Pending.Resolve("id", string.IsNullOrEmpty(id) ? UnknownValue.Instance : id);
            }

            foreach (var (name, value) in state)
            {
                resource.Pending.Resolve(name, value);
            }
        }
        catch (Exception failure)
        {
            resource.Pending.Fail(failure);
            throw;
        }
        finally
        {
            resource.Pending.Close(isKnown: !instance.IsDryRun);
        }
    }

    private async Task<(string Urn, string? Id, ImmutableDictionary<string, object?> State)> AskAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        var (type, name) = (resource.GetResourceType(), resource.GetResourceName());
        var serializer = new PropertySerializer();
        foreach (var needed in await options.DependsOn.ToOutput().GetValueAsync(whenUnknown: []))
        {
            await ReadyAsync(needed);
        }

        var inputs = await serializer.SerializeAsync(name, args);
        foreach (var needed in serializer.Dependencies.ToArray())
        {
            await ReadyAsync(needed);
        }

        var provider = await ReferenceAsync(resource.Provider);
        resources.Enqueue(resource);
        if (type == Stack.RootType)
        {
            return (UrnOf(null, type, name), null, []);
        }

        var parent = await (options.Parent ?? Root)!.Urn.GetValueAsync(whenUnknown: string.Empty);
        var (id, state) = await mocks.NewResourceAsync(new()
        {
            Type = type,
            Name = name,
            Inputs = Known(inputs),
            Provider = provider,
            Id = (options as CustomResourceOptions)?.ImportId ?? string.Empty,
        });
        var outputs = await new PropertySerializer().SerializeAsync(name, state) as ImmutableDictionary<string, object?>
            ?? throw new InvalidOperationException($"{state.GetType().FullName} is not a supported argument type");
        return (UrnOf(parent, type, name), id, outputs);
    }

    private string UrnOf(string? parent, string type, string name) =>
        $"urn:pulumi:{instance.StackName}::{instance.ProjectName}::{(parent is null ? type : $"{parent.Split("::")[2].Split('$')[0]}${type}")}::{name}";

    private static async Task ReadyAsync(Resource resource)
    {
        foreach (var one in resource.WithComponentChildren())
        {
            await one.Urn.DataTask;
        }
    }

    private static async Task<string> ReferenceAsync(ProviderResource? provider) => provider is null
        ? string.Empty
        : $"{await provider.Urn.GetValueAsync(whenUnknown: string.Empty)}::{await provider.Id.GetValueAsync(whenUnknown: "04da6b54-80e4-46f7-96ec-b56ff0331ba9")}";

    // What is unknown, or has an unknown part, does not reach a mock; of a secret it gets the value.
    private static ImmutableDictionary<string, object> Known(ImmutableDictionary<string, object?> inputs) => inputs
        .Select(input => (input.Key, Value: PropertyValue.Unwrap(input.Value)))
        .Where(input => input.Value is { IsKnown: true, Value: not null })
        .ToImmutableDictionary(input => input.Key, input => input.Value.Value!);
}
