using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Local.Provisioning;

/// <summary>Properties as Pulumi hands them on, and as JSON.</summary>
internal static class PropertyJson
{
    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        double number => double.IsInteger(number) ? JsonValue.Create((long)number) : JsonValue.Create(number),
        string text => JsonValue.Create(text),
        ImmutableArray<object> list => new JsonArray([.. list.Select(ToJson)]),
        ImmutableDictionary<string, object> map => new JsonObject(map.Select(item => KeyValuePair.Create(item.Key, ToJson(item.Value)))),
        _ => throw new InvalidOperationException($"Expected a value of Pulumi's wire, found {value.GetType().FullName}."),
    };

    public static object? FromJson(JsonNode? node) => node switch
    {
        null => null,
        JsonArray list => list.Select(item => FromJson(item)!).ToImmutableArray(),
        JsonObject map => map.Where(item => item.Value is not null).ToImmutableDictionary(item => item.Key, item => FromJson(item.Value)!),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => node.GetValue<double>(),
            _ => node.GetValue<string>(),
        },
    };
}
