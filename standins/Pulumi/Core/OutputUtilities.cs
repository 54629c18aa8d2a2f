using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>Looks into outputs; for tests.</summary>
public static class OutputUtilities
{
    /// <summary>The value; the default when it is unknown.</summary>
    public static Task<T> GetValueAsync<T>(Output<T> output) => output.GetValueAsync(whenUnknown: default!);

    /// <summary>Whether the value is known.</summary>
    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output) => (await output.DataTask).IsKnown;

    /// <summary>The resources that it comes from.</summary>
    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output) => (await output.DataTask).Resources;

    /// <summary>An output that is unknown.</summary>
    public static Output<T> CreateUnknown<T>(T value) => new(Task.FromResult(new OutputData<T>([], value, IsKnown: false, IsSecret: false)));

    /// <summary>An output that is unknown.</summary>
    public static Output<T> CreateUnknown<T>(Task<T> value)
    {
        return new(DataAsync());

        async Task<OutputData<T>> DataAsync() => new([], await value, IsKnown: false, IsSecret: false);
    }
}
