using System.Text.Json;

namespace Orchestrator.Functions.Suites.Calls;

/// <summary>Looks into JSON that may be anything.</summary>
internal static class Json
{
    public static JsonElement? Find(JsonElement? node, string name) =>
        node is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A property that is text.</summary>
    /// <exception cref="ReplyException">It is text that no Unicode has: half a surrogate pair.</exception>
    public static string? Text(JsonElement? node, string name)
    {
        if (Find(node, name) is not { ValueKind: JsonValueKind.String } found)
        {
            return null;
        }

        try
        {
            return found.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new ReplyException($"the reply's {name} is no valid text");
        }
    }

    /// <summary>A document.</summary>
    /// <exception cref="ReplyException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException)
        {
            throw new ReplyException("the reply is no JSON");
        }
    }
}
