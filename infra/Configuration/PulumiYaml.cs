using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Infra.Configuration;

/// <summary>Reads the files that Pulumi keeps a stack's configuration in, as its engine would.</summary>
public static class PulumiYaml
{
    /// <summary>The configuration by its full key, each value as text: scalars as they are, everything else as JSON.</summary>
    /// <exception cref="FormatException">The text is no YAML, or has no <c>config</c>.</exception>
    public static IReadOnlyDictionary<string, string> Read(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException unreadable)
        {
            throw new FormatException($"expected YAML, found text that is none: {unreadable.Message}", unreadable);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
            && root.Children.TryGetValue(new YamlScalarNode("config"), out var config)
            && config is YamlMappingNode values
            ? values.Children.ToDictionary(entry => Key(entry.Key), entry => entry.Value is YamlScalarNode scalar ? scalar.Value ?? string.Empty : Json(entry.Value)!.ToJsonString())
            : throw new FormatException("expected a mapping with the key 'config', found none");
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(entry => KeyValuePair.Create(Key(entry.Key), Json(entry.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new FormatException($"expected no alias, found one at line {node.Start.Line}"),
    };

    // YAML's core schema, as far as configurations use it.
    private static JsonValue? Plain(string? text) => text switch
    {
        null or "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static string Key(YamlNode node) => (node as YamlScalarNode)?.Value ?? throw new FormatException($"expected text as a key, found something else at line {node.Start.Line}");
}
