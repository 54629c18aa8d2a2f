using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Suites;

namespace Orchestrator.Core.Tests.Suites;

/// <summary>A good suite as JSON, with every property there is, that a test spoils.</summary>
internal static class SuiteBuilder
{
    public static JsonObject Good() => JsonNode.Parse("""
        {
          "$schema": "https://example.com/suite.schema.json",
          "name": "default", "version": "1.0", "repeats": 3, "seed": 7, "timeout": "45s",
          "cases": [
            {
              "id": "code-sum-even", "category": "coding", "short": true, "quarantined": "looked at", "repeats": 1, "stream": true,
              "messages": [ { "role": "system", "content": "Only code." }, { "role": "user", "content": "Sum the even ones." } ],
              "parameters": { "temperature": 0.5, "topP": 1, "maxTokens": 256 },
              "responseFormat": "jsonObject",
              "tools": [ { "name": "get_weather", "description": "The weather.", "parameters": { "type": "object" } } ],
              "toolChoice": "required",
              "graders": [
                { "kind": "exact", "value": "4", "ignoreCase": true },
                { "kind": "pattern", "pattern": "a+b", "expected": false },
                { "kind": "jsonSchema", "schema": {
                  "type": "object", "required": ["a"], "additionalProperties": false,
                  "properties": { "a": { "$ref": "#/definitions/small" }, "b": { "type": ["array", "null"], "items": { "type": "string", "pattern": "^x" } } },
                  "definitions": { "small": { "type": "integer", "minimum": 0, "exclusiveMinimum": true, "multipleOf": 2 } } } },
                { "kind": "numeric", "value": 3.25, "tolerance": 0.5 },
                { "kind": "toolCall", "name": "get_weather", "arguments": { "enum": [ { "city": "Paris" } ] } },
                { "kind": "refusal", "expected": false },
                { "kind": "firstToken", "atMost": "2s" },
                { "kind": "latency", "atMost": "10s" },
                { "kind": "tokensPerSecond", "atLeast": 20 },
                { "kind": "code", "function": "sumEven", "tests": [ { "arguments": [[1, 2, 4]], "expected": 6 }, { "arguments": [], "expected": null } ] },
                { "kind": "judge", "model": "gpt-5", "rubric": "It is polite." }
              ]
            },
            { "id": "small", "category": "english", "messages": [ { "role": "user", "content": "2 + 2?" } ], "graders": [ { "kind": "toolCall", "name": null } ] }
          ]
        }
        """)!.AsObject();

    public static JsonObject Case(this JsonObject suite, int index) => suite["cases"]![index]!.AsObject();

    public static JsonArray Graders(this JsonObject suite, int index) => suite.Case(index)["graders"]!.AsArray();

    public static Parsed<Suite> Parse(this JsonNode suite) => SuiteParser.Parse(Encoding.UTF8.GetBytes(suite.ToJsonString()));
}
