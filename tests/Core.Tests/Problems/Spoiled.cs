using System.Text.Json.Nodes;

namespace Orchestrator.Core.Tests.Problems;

/// <summary>Variants of a good document: every value in turn is removed, nulled, emptied and given other kinds.</summary>
internal static class Spoiled
{
    private static readonly Func<JsonNode?>[] Replacements =
    [
        () => null,
        () => "x",
        () => "",
        () => -1,
        () => 1.5,
        () => true,
        () => new JsonArray(),
        () => new JsonObject(),
        () => new JsonObject { ["colour"] = "red" },
    ];

    public static IEnumerable<JsonObject> Variants(Func<JsonObject> good)
    {
        yield return good();
        var count = Values(good()).Count();
        for (var index = 0; index < count; index++)
        {
            foreach (var replace in Replacements)
            {
                var variant = good();
                Set(Values(variant).ElementAt(index), replace());
                yield return variant;
            }

            var shorter = good();
            Remove(Values(shorter).ElementAt(index));
            yield return shorter;
        }
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Values(JsonNode? node) => node switch
    {
        JsonObject properties => properties.SelectMany(one => Values(one.Value).Prepend((properties, one.Key, -1))),
        JsonArray items => items.SelectMany((one, index) => Values(one).Prepend((items, null, index))),
        _ => [],
    };

    private static void Set((JsonNode Parent, string? Name, int Index) at, JsonNode? value)
    {
        if (at.Name is not null)
        {
            at.Parent[at.Name] = value;
        }
        else
        {
            at.Parent[at.Index] = value;
        }
    }

    private static void Remove((JsonNode Parent, string? Name, int Index) at)
    {
        if (at.Name is not null)
        {
            at.Parent.AsObject().Remove(at.Name);
        }
        else
        {
            at.Parent.AsArray().RemoveAt(at.Index);
        }
    }
}
