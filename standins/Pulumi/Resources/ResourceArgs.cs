using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi;

/// <summary>The inputs of something: its members marked with <see cref="InputAttribute"/>.</summary>
public abstract class InputArgs
{
    private static readonly ConcurrentDictionary<Type, Member[]> Members = new();

    internal IEnumerable<(InputAttribute Input, object? Value)> Inputs()
    {
        foreach (var member in Members.GetOrAdd(GetType(), Find))
        {
            var value = member.Read(this);
            yield return member.Input.IsRequired && value is null
                ? throw new ArgumentNullException(member.Input.Name)
                : (member.Input, value);
        }
    }

    private static Member[] Find(Type type)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return
        [
            .. type.GetFields(Any).Select(field => (Input: field.GetCustomAttribute<InputAttribute>(), Read: (Func<object, object?>)field.GetValue))
                .Concat(type.GetProperties(Any).Select(property => (Input: property.GetCustomAttribute<InputAttribute>(), Read: (Func<object, object?>)property.GetValue)))
                .Where(member => member.Input is not null)
                .Select(member => new Member(member.Input!, member.Read)),
        ];
    }

    private sealed record Member(InputAttribute Input, Func<object, object?> Read);
}

/// <summary>The inputs of a resource, or of a part of one.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>No inputs.</summary>
    public static readonly ResourceArgs Empty = new NoArgs();

    private sealed class NoArgs : ResourceArgs;
}
