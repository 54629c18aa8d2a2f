using System.Text.Json.Nodes;

namespace Orchestrator.Functions.Models;

/// <summary>A resource as it is put again: what ARM answers holds what it alone writes. Pure.</summary>
internal static class WritableBody
{
    /// <summary>The body.</summary>
    /// <param name="found">The resource as ARM has it.</param>
    /// <param name="kept">What of it is put again, as far as it has that.</param>
    /// <param name="readOnly">What of its properties is not.</param>
    public static JsonObject Of(JsonObject found, IEnumerable<string> kept, IEnumerable<string> readOnly)
    {
        var body = new JsonObject();
        foreach (var name in kept)
        {
            if (found[name] is { } value)
            {
                body[name] = value.DeepClone();
            }
        }

        foreach (var name in readOnly)
        {
            (body["properties"] as JsonObject)?.Remove(name);
        }

        return body;
    }
}
