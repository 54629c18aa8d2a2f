namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the host offers to an invocation, by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Sets a feature.</summary>
    void Set<T>(T instance);

    /// <summary>The feature, or nothing.</summary>
    T? Get<T>();
}
