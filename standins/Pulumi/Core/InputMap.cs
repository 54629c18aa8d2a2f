using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A map for a resource; each value, and the map itself, may be an output.</summary>
public sealed class InputMap<V> : Input<ImmutableDictionary<string, V>>, IEnumerable
{
    /// <summary>An empty map.</summary>
    public InputMap()
        : this(Output.Create(ImmutableDictionary<string, V>.Empty))
    {
    }

    private InputMap(Output<ImmutableDictionary<string, V>> values)
        : base(values)
    {
    }

    /// <summary>Adds a value.</summary>
    public Input<V> this[string key]
    {
        set => Add(key, value);
    }

    /// <summary>Adds a value.</summary>
    public void Add(string key, Input<V> value) =>
        Value = Output.Tuple(Value, value.ToOutput()).Apply(both => both.Item1.Add(key, both.Item2));

    /// <summary>Adds values.</summary>
    public void Add(InputMap<V> values) => AddRange(values);

    /// <summary>Adds values.</summary>
    public void AddRange(InputMap<V> values) =>
        Value = Output.Tuple(Value, values.Value).Apply(both => both.Item1.AddRange(both.Item2));

    /// <summary>Both; of a key that both have, the second's value.</summary>
    public static InputMap<V> Merge(InputMap<V> first, InputMap<V> second) =>
        Output.Tuple(first.Value, second.Value).Apply(both => both.Item1.SetItems(both.Item2));

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException($"A {GetType().FullName} cannot be synchronously enumerated. Use GetAsyncEnumerator instead.");

    /// <summary>Values.</summary>
    public static implicit operator InputMap<V>(Dictionary<string, V> values) => Output.Create(ImmutableDictionary.CreateRange(values));

    /// <summary>Values.</summary>
    public static implicit operator InputMap<V>(ImmutableDictionary<string, V> values) => Output.Create(values);

    /// <summary>Values that come.</summary>
    public static implicit operator InputMap<V>(Output<Dictionary<string, V>> values) => values.Apply(found => ImmutableDictionary.CreateRange(found));

    /// <summary>Values that come.</summary>
    public static implicit operator InputMap<V>(Output<IDictionary<string, V>> values) => values.Apply(found => ImmutableDictionary.CreateRange(found));

    /// <summary>Values that come.</summary>
    public static implicit operator InputMap<V>(Output<ImmutableDictionary<string, V>> values) => new(values);
}
