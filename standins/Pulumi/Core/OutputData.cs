using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What an output holds once it is there.</summary>
internal readonly record struct OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
{
    public static OutputData<T> Of(T value, bool isSecret = false) => new([], value, IsKnown: true, isSecret);

    public OutputData<TResult> With<TResult>(TResult value, bool isKnown) => new(Resources, value, isKnown, IsSecret);
}

/// <summary>An output whose type is not known.</summary>
internal interface IOutput
{
    Task<OutputData<object?>> GetDataAsync();
}

/// <summary>An input whose type is not known.</summary>
internal interface IInput
{
    IOutput ToOutput();
}
