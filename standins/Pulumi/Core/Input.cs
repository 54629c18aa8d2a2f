namespace Pulumi;

/// <summary>A value for a resource: one that is there, or an output.</summary>
public class Input<T> : IInput
{
    private protected Input(Output<T> value) => Value = value ?? throw new ArgumentNullException(nameof(value));

    private protected Output<T> Value { get; set; }

    /// <summary>A value that is there.</summary>
    public static implicit operator Input<T>(T value) => Output.Create(value);

    /// <summary>An output.</summary>
    public static implicit operator Input<T>(Output<T> value) => new(value);

    /// <summary>As an output.</summary>
    public static implicit operator Output<T>(Input<T> input) => input.Value;

    IOutput IInput.ToOutput() => Value;
}

/// <summary>What can be done with inputs.</summary>
public static class InputExtensions
{
    /// <inheritdoc cref="Output{T}.Apply{TResult}(Func{T, TResult})" />
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, TResult> func) => input.ToOutput().Apply(func);

    /// <inheritdoc cref="Output{T}.Apply{TResult}(Func{T, TResult})" />
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Task<TResult>> func) => input.ToOutput().Apply(func);

    /// <inheritdoc cref="Output{T}.Apply{TResult}(Func{T, TResult})" />
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Input<TResult>?> func) => input.ToOutput().Apply(func);

    /// <inheritdoc cref="Output{T}.Apply{TResult}(Func{T, TResult})" />
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Output<TResult>?> func) => input.ToOutput().Apply(func);

    /// <summary>As an output; of the default value when there is none.</summary>
    public static Output<T> ToOutput<T>(this Input<T>? input) => input ?? Output.Create(value: default(T)!);
}
