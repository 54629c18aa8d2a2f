using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>Whether two JSON values mean the same: order matters in arrays and not in objects, and numbers may differ by rounding.</summary>
internal static class JsonEquality
{
    private const double Tolerance = 1e-9;

    public static bool Same(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (null, null) => true,
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(pair => b.TryGetPropertyValue(pair.Key, out var value) && Same(pair.Value, value)),
        (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number => Close(Number(a), Number(b)),
        (JsonValue a, JsonValue b) => JsonNode.DeepEquals(a, b),
        _ => false,
    };

    private static bool Close(double one, double other) =>
        one.Equals(other) || Math.Abs(one - other) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(other));

    // Whatever it was made of: a node of a parsed document and one made in memory answer differently to GetValue.
    private static double Number(JsonValue value) => JsonSerializer.SerializeToElement(value).GetDouble();
}
