using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;
using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether JSON conforms to a schema of JSON Schema draft 4, with the keywords that <see cref="AnswerSchema"/> takes.</summary>
internal sealed class AnswerSchemaCheck
{
    private readonly JsonSchema schema;
    private readonly JsonSchemaValidatorSettings settings;

    private AnswerSchemaCheck(JsonSchema schema, JsonSchemaValidatorSettings settings) => (this.schema, this.settings) = (schema, settings);

    /// <summary>The check of a schema. Nothing is fetched for it.</summary>
    /// <exception cref="InvalidOperationException">It refers to something outside itself.</exception>
    public static async Task<AnswerSchemaCheck> CreateAsync(string json, CancellationToken cancellationToken)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var settings = new JsonSchemaValidatorSettings();
        TakePatterns(root, settings);
        var schema = await JsonSchema.FromJsonAsync(root.ToJsonString(), null, each => new ClosedReferences(each), cancellationToken);
        return new(schema, settings);
    }

    /// <summary>Why a text is not what is wanted; null when it is.</summary>
    public string? WhyNot(string json)
    {
        try
        {
            // The library takes more for JSON than JSON is.
            using var document = System.Text.Json.JsonDocument.Parse(json);
        }
        catch (System.Text.Json.JsonException)
        {
            return $"expected JSON, found {Grade.Quote(json)}";
        }

        try
        {
            var errors = schema.Validate(json, settings);
            return errors.Count == 0 ? null : $"expected JSON that conforms to the schema, found {string.Join(", ", errors.Take(3).Select(error => $"{error.Kind} at {Texts.Cut(error.Path ?? "#", 80)}"))}";
        }
        catch (Exception problem) when (problem is InvalidCastException or OverflowException)
        {
            // The library compares numbers as decimals and does not cope with one of a hundred digits.
            return "expected numbers that can be compared, found one that is out of all bounds";
        }
    }

    // The library matches patterns without any limit; as formats of ours they have one.
    private static void TakePatterns(JsonNode? node, JsonSchemaValidatorSettings settings)
    {
        if (node is JsonArray items)
        {
            items.ToList().ForEach(item => TakePatterns(item, settings));
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        foreach (var keyword in new[] { "items", "additionalItems", "additionalProperties", "not", "allOf", "anyOf", "oneOf" })
        {
            TakePatterns(schema[keyword], settings);
        }

        foreach (var map in new[] { "properties", "definitions" })
        {
            (schema[map] as JsonObject)?.ToList().ForEach(one => TakePatterns(one.Value, settings));
        }

        if (schema["pattern"] is JsonValue pattern)
        {
            var format = new PatternFormat($"pattern-{settings.FormatValidators.Count()}", new(pattern.GetValue<string>()));
            settings.AddCustomFormatValidator(format);
            schema.Remove("pattern");
            schema["format"] = format.Format;
        }
    }

    private sealed class PatternFormat(string format, BoundedPattern pattern) : IFormatValidator
    {
        public ValidationErrorKind ValidationErrorKind => ValidationErrorKind.PatternMismatch;

        public string Format => format;

        public bool IsValid(string value, JTokenType tokenType) => pattern.IsIn(value) == true;
    }

    private sealed class ClosedReferences(JsonSchema root) : JsonReferenceResolver(new JsonSchemaAppender(root, new DefaultTypeNameGenerator()))
    {
        public override Task<NJsonSchema.References.IJsonReference> ResolveUrlReferenceAsync(string url, CancellationToken cancellationToken = default) => Refuse(url);

        public override Task<NJsonSchema.References.IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken = default) => Refuse(filePath);

        private static Task<NJsonSchema.References.IJsonReference> Refuse(string reference) =>
            throw new InvalidOperationException($"Expected a schema that refers only to its own definitions, found a reference to '{reference}'. Nothing was fetched.");
    }
}
