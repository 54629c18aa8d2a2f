using Microsoft.DurableTask;

namespace Orchestrator.Engine;

/// <summary>One call of an activity. The same call may be made twice.</summary>
/// <param name="Name">The activity.</param>
/// <param name="InstanceId">The orchestration that calls.</param>
/// <param name="SerializedInput">The input as text; null for none.</param>
/// <param name="Converter">Reads the input.</param>
public sealed record ActivityCall(string Name, string InstanceId, string? SerializedInput, DataConverter Converter)
{
    /// <summary>The input as a value.</summary>
    public object? ReadInput(Type type) => Converter.Deserialize(SerializedInput, type);
}
