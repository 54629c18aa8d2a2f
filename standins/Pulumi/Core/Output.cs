using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>Makes outputs and puts them together.</summary>
public static partial class Output
{
    /// <summary>A value that is there.</summary>
    public static Output<T> Create<T>(T value) => Create(Task.FromResult(value));

    /// <summary>A value that comes.</summary>
    public static Output<T> Create<T>(Task<T> value) => new(DataAsync(value, isSecret: false));

    /// <summary>A secret.</summary>
    public static Output<T> CreateSecret<T>(T value) => CreateSecret(Task.FromResult(value));

    /// <summary>A secret that comes.</summary>
    public static Output<T> CreateSecret<T>(Task<T> value) => new(DataAsync(value, isSecret: true));

    /// <summary>The same, as a secret.</summary>
    public static Output<T> CreateSecret<T>(Output<T> value) => value.WithIsSecret(true);

    /// <summary>The same, as no secret.</summary>
    public static Output<T> Unsecret<T>(Output<T> output) => output.WithIsSecret(false);

    /// <summary>Whether it is a secret.</summary>
    public static async Task<bool> IsSecretAsync<T>(Output<T> output) => (await output.DataTask).IsSecret;

    /// <summary>All of them; unknown when one is unknown, secret when one is secret.</summary>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All(inputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])" />
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => new(AllAsync([.. inputs.Select(input => input.ToOutput())]));

    /// <inheritdoc cref="All{T}(Input{T}[])" />
    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All(outputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])" />
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs) => new(AllAsync([.. outputs]));

    /// <summary>The text with the values of the inputs and outputs in its holes.</summary>
    public static Output<string> Format(FormattableString formattableString) =>
        All(formattableString.GetArguments().Select(argument => (Input<object?>)Untyped(argument)))
            .Apply(values => string.Format(System.Globalization.CultureInfo.CurrentCulture, formattableString.Format, [.. values]));

    /// <summary>The value as JSON.</summary>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Apply(known => JsonSerializer.Serialize(known, options));
    }

    /// <summary>The value in JSON.</summary>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Apply(text => JsonSerializer.Deserialize<T>(text, options)!);
    }

    internal static Output<object?> Untyped(object? value) => value switch
    {
        IInput input => new(input.ToOutput().GetDataAsync()),
        IOutput output => new(output.GetDataAsync()),
        _ => Create<object?>(value: value),
    };

    private static async Task<OutputData<T>> DataAsync<T>(Task<T> value, bool isSecret) => OutputData<T>.Of(await value, isSecret);

    private static async Task<OutputData<ImmutableArray<T>>> AllAsync<T>(ImmutableArray<Output<T>> outputs)
    {
        var values = ImmutableArray.CreateBuilder<T>(outputs.Length);
        var resources = ImmutableHashSet.CreateBuilder<Resource>();
        var (known, secret) = (true, false);
        foreach (var output in outputs)
        {
            var data = await output.DataTask;
            values.Add(data.Value);
            resources.UnionWith(data.Resources);
            known &= data.IsKnown;
            secret |= data.IsSecret;
        }

        return new(resources.ToImmutable(), values.MoveToImmutable(), known, secret);
    }
}
