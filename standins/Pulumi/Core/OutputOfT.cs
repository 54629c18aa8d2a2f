namespace Pulumi;

/// <summary>A value that may come later, may be unknown in a preview, and may be secret; and the resources that it comes from.</summary>
public sealed class Output<T> : IOutput
{
    internal Output(Task<OutputData<T>> data)
    {
        DataTask = data;
        Deployment.Current?.Register(data);
    }

    internal Task<OutputData<T>> DataTask { get; }

    /// <summary>What <paramref name="func"/> makes of the value; not called for an unknown value in a preview.</summary>
    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => Apply(value => Output.Create(func(value)));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})" />
    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => Apply(value => Output.Create(func(value)));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})" />
    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => Apply(value => func(value)?.ToOutput());

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})" />
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => new(ApplyAsync(func));

    /// <summary>Says that this is not the value.</summary>
    public override string ToString() => """
        Calling [ToString] on an [Output<T>] is not supported.

        To get the value of an Output<T> as an Output<string> consider:
        1. o.Apply(v => $"prefix{v}suffix")
        2. Output.Format($"prefix{hostname}suffix");
        """;

    internal Output<T> WithIsSecret(bool isSecret)
    {
        return new(MarkAsync());

        async Task<OutputData<T>> MarkAsync() => (await DataTask) with { IsSecret = isSecret };
    }

    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var data = await DataTask;
        return data.IsKnown ? data.Value : whenUnknown;
    }

    async Task<OutputData<object?>> IOutput.GetDataAsync()
    {
        var data = await DataTask;
        return data.With<object?>(data.Value, data.IsKnown);
    }

    private async Task<OutputData<TResult>> ApplyAsync<TResult>(Func<T, Output<TResult>?> func)
    {
        var data = await DataTask;
        if (!data.IsKnown && Deployment.Instance.IsDryRun)
        {
            return data.With<TResult>(default!, isKnown: false);
        }

        if (func(data.Value) is not { } inner)
        {
            return data.With<TResult>(default!, data.IsKnown);
        }

        var result = await inner.DataTask;
        return new(data.Resources.Union(result.Resources), result.Value, data.IsKnown && result.IsKnown, data.IsSecret || result.IsSecret);
    }
}
