using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Orchestrator.Functions.Models;

/// <summary>The models in a container app's template: the environment variable <c>MODELS</c> of its first container.</summary>
public static class ModelEntries
{
    private const string Variable = "MODELS";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The entries of a template; none where it has no such variable, or one that is no such list.</summary>
    public static IReadOnlyList<ModelEntry> Read(JsonNode? template)
    {
        if (Find(template)?["value"] is not JsonValue value || !value.TryGetValue<string>(out var json))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<ModelEntry[]>(json, Format) is { } entries && entries.All(entry => entry is { Name: not null, Endpoint: not null }) ? entries : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Writes entries into a template that has the variable.</summary>
    internal static void Write(JsonObject template, IReadOnlyList<ModelEntry> entries)
    {
        if (Find(template) is { } variable)
        {
            variable["value"] = JsonSerializer.Serialize(entries, Format);
        }
    }

    private static JsonObject? Find(JsonNode? template) =>
        (((template?["containers"] as JsonArray)?.FirstOrDefault() as JsonObject)?["env"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .FirstOrDefault(variable => variable["name"] is JsonValue name && name.TryGetValue<string>(out var text) && text == Variable);
}
