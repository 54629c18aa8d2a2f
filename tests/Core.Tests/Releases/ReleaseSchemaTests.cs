using System.Text.Json.Nodes;
using NJsonSchema;
using Orchestrator.Core.Releases;

namespace Orchestrator.Core.Tests.Releases;

/// <summary>The schema in docs/ and the parser must say yes and no to the same manifests.</summary>
public sealed class ReleaseSchemaTests
{
    public static TheoryData<string> Manifests() => [.. Variants().Select(variant => variant.ToJsonString())];

    [Theory]
    [MemberData(nameof(Manifests))]
    public async Task The_schema_agrees_with_the_parser(string manifest)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "release.schema.json"), TestContext.Current.CancellationToken);

        schema.Validate(manifest).Count.Equals(0).ShouldBe(ReleaseManifestParser.Parse(manifest).IsValid, manifest);
    }

    [Fact]
    public void The_variants_hold_good_and_bad_manifests()
    {
        var verdicts = Variants().Select(variant => ReleaseManifestParser.Parse(variant.ToJsonString()).IsValid).ToArray();

        verdicts.Count(valid => valid).ShouldBeGreaterThan(8);
        verdicts.Count(valid => !valid).ShouldBeGreaterThan(40);
    }

    private static IEnumerable<JsonObject> Variants()
    {
        yield return ManifestBuilder.Good();
        foreach (var path in Paths(ManifestBuilder.Good()).ToArray())
        {
            foreach (var spoil in Spoilers)
            {
                var manifest = ManifestBuilder.Good();
                spoil(path(manifest));
                yield return manifest;
            }
        }
    }

    // Every value of the good manifest in turn is removed, nulled, emptied and given other kinds.
    private static readonly Action<(JsonNode Parent, string? Name, int Index)>[] Spoilers =
    [
        at => Remove(at),
        at => Replace(at, null),
        at => Replace(at, "x"),
        at => Replace(at, ""),
        at => Replace(at, -1),
        at => Replace(at, 1.5),
        at => Replace(at, true),
        at => Replace(at, new JsonArray()),
        at => Replace(at, new JsonObject()),
    ];

    private static IEnumerable<Func<JsonObject, (JsonNode Parent, string? Name, int Index)>> Paths(JsonNode node)
    {
        if (node is JsonObject properties)
        {
            foreach (var (name, value) in properties)
            {
                yield return root => (Follow(root, node.GetPath()), name, -1);
                foreach (var inner in value is null || name == "body" ? [] : Paths(value))
                {
                    yield return inner;
                }
            }
        }
        else if (node is JsonArray items)
        {
            for (var index = 0; index < items.Count; index++)
            {
                var here = index;
                yield return root => (Follow(root, node.GetPath()), null, here);
                foreach (var inner in Paths(items[index]!))
                {
                    yield return inner;
                }
            }
        }
    }

    private static JsonNode Follow(JsonObject root, string path) => Nodes(root).Single(node => node.GetPath() == path);

    private static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        yield return node;
        var children = node switch
        {
            JsonObject properties => properties.Select(property => property.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var inner in children.OfType<JsonNode>().SelectMany(Nodes))
        {
            yield return inner;
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

    private static void Replace((JsonNode Parent, string? Name, int Index) at, JsonNode? value)
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
}
