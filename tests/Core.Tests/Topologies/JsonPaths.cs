using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.Core.Tests.Topologies;

internal static partial class JsonPaths
{
    /// <summary>Sets the value at a path such as <c>$.a[0].b</c>, making what is missing on the way.</summary>
    public static void Set(this JsonObject root, string path, JsonNode? value)
    {
        var parts = Part().Matches(path).Select(match => match.Value.Trim('.', '[', ']')).ToArray();
        JsonNode at = root;
        for (var index = 0; index < parts.Length - 1; index++)
        {
            var next = Get(at, parts[index]);
            if (next is null)
            {
                next = char.IsAsciiDigit(parts[index + 1][0]) ? new JsonArray() : new JsonObject();
                Put(at, parts[index], next);
            }

            at = next;
        }

        Put(at, parts[^1], value);
    }

    private static JsonNode? Get(JsonNode at, string part) =>
        at is JsonArray items ? items.ElementAtOrDefault(int.Parse(part)) : at[part];

    private static void Put(JsonNode at, string part, JsonNode? value)
    {
        if (at is not JsonArray items)
        {
            at[part] = value;
        }
        else if (int.Parse(part) < items.Count)
        {
            items[int.Parse(part)] = value;
        }
        else
        {
            items.Add(value);
        }
    }

    [GeneratedRegex(@"\.[^.\[]+|\[\d+\]")]
    private static partial Regex Part();
}
