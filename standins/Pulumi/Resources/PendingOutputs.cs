using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>The output properties of one resource, from its construction until the engine has answered.</summary>
internal sealed class PendingOutputs
{
    private readonly Dictionary<string, Pending> pending = [];

    public static PendingOutputs Of(Resource resource)
    {
        var outputs = new PendingOutputs();
        for (var type = resource.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (property.GetCustomAttribute<OutputAttribute>() is { } attribute
                    && property.PropertyType.IsGenericType
                    && property.PropertyType.GetGenericTypeDefinition() == typeof(Output<>)
                    && property.GetSetMethod(nonPublic: true) is { } set)
                {
                    var one = (Pending)Activator.CreateInstance(typeof(Pending<>).MakeGenericType(property.PropertyType.GetGenericArguments()), resource)!;
                    outputs.pending.Add(attribute.Name ?? property.Name, one);
                    set.Invoke(resource, [one.Output]);
                }
            }
        }

        return outputs;
    }

    public void Resolve(string name, object? value)
    {
        if (pending.TryGetValue(name, out var one))
        {
            one.Resolve(name, value);
        }
    }

    /// <summary>What has not come by now does not come any more.</summary>
    public void Close(bool isKnown)
    {
        foreach (var one in pending.Values)
        {
            one.Close(isKnown);
        }
    }

    public void Fail(Exception failure)
    {
        foreach (var one in pending.Values)
        {
            one.Fail(failure);
        }
    }

    private abstract class Pending
    {
        public abstract object Output { get; }

        public abstract void Resolve(string name, object? value);

        public abstract void Close(bool isKnown);

        public abstract void Fail(Exception failure);
    }

    private sealed class Pending<T> : Pending
    {
        private readonly TaskCompletionSource<OutputData<T>> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ImmutableHashSet<Resource> resources;

        public Pending(Resource resource)
        {
            resources = [resource];
            Output = new Output<T>(source.Task);
        }

        public override object Output { get; }

        public override void Resolve(string name, object? value)
        {
            var (plain, known, secret) = PropertyValue.Unwrap(value);
            source.TrySetResult(new(resources, known ? (T)PropertyConverter.Convert(name, plain, typeof(T))! : default!, known, secret));
        }

        public override void Close(bool isKnown) => source.TrySetResult(new(resources, default!, isKnown, IsSecret: false));

        public override void Fail(Exception failure) => source.TrySetException(failure);
    }
}
