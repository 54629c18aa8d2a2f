using System.Text.Json.Nodes;

namespace Orchestrator.Functions.Azure;

/// <summary>Reads JSON that others have written, and that may be anything.</summary>
internal static class JsonTexts
{
    /// <summary>The node's text; null where it is none.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
