using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Turns values from the wire into the types that outputs declare.</summary>
internal static class PropertyConverter
{
    /// <summary>The value as <paramref name="target"/>.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static object? Convert(string path, object? value, Type target)
    {
        if (value is null)
        {
            return target.IsValueType ? Activator.CreateInstance(target) : null;
        }

        target = Nullable.GetUnderlyingType(target) ?? target;
        if (target == typeof(object))
        {
            return value;
        }

        if (target == typeof(int))
        {
            return System.Convert.ToInt32(Expect<double>(path, value), CultureInfo.InvariantCulture);
        }

        if (target.IsInstanceOfType(value) && !target.IsGenericType)
        {
            return value;
        }

        if (target.IsGenericType && target.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return List(path, Expect<ImmutableArray<object?>>(path, value), target.GetGenericArguments()[0]);
        }

        if (target.IsGenericType && target.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>))
        {
            return Map(path, Expect<ImmutableDictionary<string, object?>>(path, value), target.GetGenericArguments()[1]);
        }

        return target.GetCustomAttribute<OutputTypeAttribute>() is not null
            ? Object(path, Expect<ImmutableDictionary<string, object?>>(path, value), target)
            : throw Unexpected(path, value, target);
    }

    private static object List(string path, ImmutableArray<object?> values, Type element)
    {
        var array = Array.CreateInstance(element, values.Length);
        for (var index = 0; index < values.Length; index++)
        {
            array.SetValue(Convert($"{path}[{index}]", values[index], element), index);
        }

        return Call(nameof(MakeList), element, array);
    }

    private static object Map(string path, ImmutableDictionary<string, object?> values, Type element)
    {
        var converted = values.ToDictionary(item => item.Key, item => Convert($"{path}.{item.Key}", item.Value, element));
        return Call(nameof(MakeMap), element, converted);
    }

    private static object Object(string path, ImmutableDictionary<string, object?> values, Type target)
    {
        var constructor = target.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SingleOrDefault(one => one.GetCustomAttribute<OutputConstructorAttribute>() is not null)
            ?? throw new InvalidOperationException($"{target.FullName} had no constructor with [OutputConstructor]:\n\t{path}");
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
        {
            var name = parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!;
            return Convert($"{path}.{name}", values.GetValueOrDefault(name), parameter.ParameterType);
        })]);
    }

    private static ImmutableArray<T> MakeList<T>(Array values) => ImmutableArray.CreateRange(values.Cast<T>());

    private static ImmutableDictionary<string, T> MakeMap<T>(Dictionary<string, object?> values) =>
        ImmutableDictionary.CreateRange(values.Select(item => KeyValuePair.Create(item.Key, (T)item.Value!)));

    private static object Call(string method, Type element, object values) => typeof(PropertyConverter)
        .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(element)
        .Invoke(null, [values])!;

    private static T Expect<T>(string path, object value) => value is T expected ? expected : throw Unexpected(path, value, typeof(T));

    private static InvalidOperationException Unexpected(string path, object value, Type target) =>
        new($"Expected {target.FullName} but got {value.GetType().FullName} deserializing {path}");
}
