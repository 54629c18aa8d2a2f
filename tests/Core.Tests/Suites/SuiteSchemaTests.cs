using System.Text.Json.Nodes;
using NJsonSchema;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Tests.Problems;

namespace Orchestrator.Core.Tests.Suites;

/// <summary>The schema in docs/ and the parser must say yes and no to the same suites.</summary>
public sealed class SuiteSchemaTests
{
    // What no schema can state.
    private static readonly string[] OnlyTheParsers = ["one of the case's tools", "one of the schema's definitions", "each id once", "each tool once"];

    [Fact]
    public async Task The_schema_agrees_with_the_parser()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "suite.schema.json"), TestContext.Current.CancellationToken);

        foreach (var suite in Spoiled.Variants(SuiteBuilder.Good).Concat(Further()))
        {
            var problems = suite.Parse().Problems.Where(problem => !OnlyTheParsers.Any(problem.Message.Contains)).ToArray();

            schema.Validate(suite.ToJsonString()).Count.Equals(0).ShouldBe(problems.Length == 0, $"{string.Join('\n', problems.AsEnumerable())}\n{suite.ToJsonString()}");
        }
    }

    [Fact]
    public void The_variants_hold_good_and_bad_suites()
    {
        var verdicts = Spoiled.Variants(SuiteBuilder.Good).Concat(Further()).Select(variant => variant.Parse().IsValid).ToArray();

        verdicts.Count(valid => valid).ShouldBeGreaterThan(100);
        verdicts.Count(valid => !valid).ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task The_schema_knows_the_keywords_that_the_parser_takes()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "suite.schema.json"), TestContext.Current.CancellationToken);

        schema.Definitions["answerSchema"].Properties.Keys.ShouldBe(AnswerSchema.Taken, ignoreOrder: true);
    }

    private static IEnumerable<JsonObject> Further()
    {
        foreach (var grader in new[]
        {
            """{ "kind": "toolCall", "name": null, "arguments": {} }""",
            """{ "kind": "toolCall" }""",
            """{ "kind": "firstToken", "atMost": "2s" }""",
            """{ "kind": "tokensPerSecond", "atLeast": 1 }""",
            """{ "kind": "latency", "atMost": "0s" }""",
            """{ "kind": "latency", "atMost": "0m5s" }""",
            """{ "kind": "refusal" }""",
            """{ "kind": "exact", "value": "4", "tolerance": 1 }""",
            """{ "kind": "code", "function": "a b", "tests": [ { "arguments": [], "expected": 1 } ] }""",
            """{ "kind": "code", "function": "ab", "tests": [ { "arguments": [] } ] }""",
            """{ "kind": "jsonSchema", "schema": { "$ref": "https://example.com/schema.json" } }""",
            """{ "kind": "jsonSchema", "schema": { "$ref": "file:///etc/hosts" } }""",
            """{ "kind": "jsonSchema", "schema": { "properties": { "a": { "$ref": "#" } } } }""",
            """{ "kind": "jsonSchema", "schema": { "definitions": { "a": {} }, "properties": { "a": { "$ref": "#/definitions/a", "type": "string" } } } }""",
            """{ "kind": "jsonSchema", "schema": { "const": 1 } }""",
            """{ "kind": "jsonSchema", "schema": { "if": { "type": "string" } } }""",
            """{ "kind": "jsonSchema", "schema": { "properties": { "a": true } } }""",
            """{ "kind": "jsonSchema", "schema": { "exclusiveMaximum": true } }""",
            """{ "kind": "jsonSchema", "schema": { "allOf": [ { "minLength": 2 }, { "not": { "enum": [ "ab" ] } } ], "items": [ {}, {} ], "additionalItems": false } }""",
            """{ "kind": "jsonSchema", "schema": { "definitions": { "a": { "format": "email" } } } }""",
        })
        {
            var suite = SuiteBuilder.Good();
            suite.Graders(1).Add(JsonNode.Parse(grader));
            yield return suite;
        }

        var many = SuiteBuilder.Good();
        var one = many.Case(1);
        many["cases"] = new JsonArray([.. Enumerable.Range(0, Suite.MostCases + 1).Select(index =>
        {
            var copy = one.DeepClone();
            copy["id"] = $"case-{index}";
            return copy;
        })]);
        yield return many;
    }
}
