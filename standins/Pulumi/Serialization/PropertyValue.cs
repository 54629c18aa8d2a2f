using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>Stands for a value that is not known yet.</summary>
internal sealed class UnknownValue
{
    public static readonly UnknownValue Instance = new();
}

/// <summary>A value that is a secret.</summary>
internal sealed record SecretValue(object? Value);

/// <summary>Looks into values on the wire: null, bool, double, string, lists and objects of them, unknown and secret ones.</summary>
internal static class PropertyValue
{
    /// <summary>The value without its marks, and what they said; nothing is known when a part is unknown.</summary>
    public static (object? Value, bool IsKnown, bool IsSecret) Unwrap(object? value)
    {
        var (known, secret) = (true, false);
        var plain = Plain(value);
        return (plain, known, secret);

        object? Plain(object? one)
        {
            switch (one)
            {
                case UnknownValue:
                    known = false;
                    return null;
                case SecretValue hidden:
                    secret = true;
                    return Plain(hidden.Value);
                case ImmutableArray<object?> list:
                    return ImmutableArray.CreateRange(list.Select(Plain));
                case ImmutableDictionary<string, object?> map:
                    return ImmutableDictionary.CreateRange(map.Select(item => KeyValuePair.Create(item.Key, Plain(item.Value))));
                default:
                    return one;
            }
        }
    }
}
