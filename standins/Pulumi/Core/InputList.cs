using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list for a resource; each value, and the list itself, may be an output.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable
{
    /// <summary>An empty list.</summary>
    public InputList()
        : this(Output.Create(ImmutableArray<T>.Empty))
    {
    }

    private InputList(Output<ImmutableArray<T>> values)
        : base(values)
    {
    }

    /// <summary>Adds values at the end.</summary>
    public void Add(params Input<T>[] inputs) => AddRange(inputs);

    /// <inheritdoc cref="Add(Input{T}[])" />
    public void Add(InputList<T> inputs) => AddRange(inputs);

    /// <inheritdoc cref="Add(Input{T}[])" />
    public void AddRange(InputList<T> inputs) => Value = Concat(inputs);

    /// <summary>This list and then another.</summary>
    public InputList<T> Concat(InputList<T> other) =>
        Output.Tuple(Value, other.Value).Apply(both => both.Item1.AddRange(both.Item2));

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException($"A {GetType().FullName} cannot be synchronously enumerated. Use GetAsyncEnumerator instead.");

    /// <summary>One value.</summary>
    public static implicit operator InputList<T>(T value) => ImmutableArray.Create<Input<T>>(value);

    /// <summary>One output.</summary>
    public static implicit operator InputList<T>(Output<T> value) => ImmutableArray.Create<Input<T>>(value);

    /// <summary>One input.</summary>
    public static implicit operator InputList<T>(Input<T> value) => ImmutableArray.Create(value);

    /// <summary>Values.</summary>
    public static implicit operator InputList<T>(T[] values) => ImmutableArray.CreateRange(values.Select(value => (Input<T>)value));

    /// <summary>Outputs.</summary>
    public static implicit operator InputList<T>(Output<T>[] values) => ImmutableArray.CreateRange(values.Select(value => (Input<T>)value));

    /// <summary>Inputs.</summary>
    public static implicit operator InputList<T>(Input<T>[] values) => ImmutableArray.CreateRange(values);

    /// <summary>Values.</summary>
    public static implicit operator InputList<T>(List<T> values) => ImmutableArray.CreateRange(values);

    /// <summary>Outputs.</summary>
    public static implicit operator InputList<T>(List<Output<T>> values) => ImmutableArray.CreateRange(values.Select(value => (Input<T>)value));

    /// <summary>Inputs.</summary>
    public static implicit operator InputList<T>(List<Input<T>> values) => ImmutableArray.CreateRange(values);

    /// <summary>Values.</summary>
    public static implicit operator InputList<T>(ImmutableArray<T> values) => ImmutableArray.CreateRange(values.Select(value => (Input<T>)value));

    /// <summary>Inputs.</summary>
    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => Output.All((IEnumerable<Input<T>>)values);

    /// <summary>Values that come.</summary>
    public static implicit operator InputList<T>(Output<T[]> values) => values.Apply(found => ImmutableArray.CreateRange(found));

    /// <summary>Values that come.</summary>
    public static implicit operator InputList<T>(Output<List<T>> values) => values.Apply(found => ImmutableArray.CreateRange(found));

    /// <summary>Values that come.</summary>
    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => values.Apply(found => ImmutableArray.CreateRange(found));

    /// <summary>Values that come.</summary>
    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new(values);
}
