using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jint;
using Jint.Runtime;
using NJsonSchema;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>Grades a choice of an answer by what a case of the suite asks for, as far as the answer itself goes.</summary>
internal static class AnswerGrade
{
    public static async Task<bool> IsRightAsync(SuiteQuestion question, JsonNode choice)
    {
        var isRight = true;
        foreach (var grader in question.Graders)
        {
            isRight &= await IsRightAsync(grader, choice["message"]!);
        }

        return isRight;
    }

    private static async Task<bool> IsRightAsync(JsonNode grader, JsonNode message)
    {
        var text = message["content"]?.ToString() ?? string.Empty;
        var call = (message["tool_calls"] as JsonArray)?.FirstOrDefault()?["function"];
        return grader.Text("kind") switch
        {
            "exact" => text.Trim() == grader.Text("value"),
            "pattern" => Regex.IsMatch(text, grader.Text("pattern")),
            "numeric" => Math.Abs(LastNumber(text) - grader["value"]!.GetValue<double>()) <= grader["tolerance"]!.GetValue<double>(),
            "jsonSchema" => await ConformsAsync(text, grader["schema"]!),
            "toolCall" when grader["name"] is null => call is null,
            "toolCall" => call?["name"]?.ToString() == grader.Text("name") && await ConformsAsync(call.Text("arguments"), grader["arguments"]!),
            "refusal" => (text.StartsWith("I'm sorry", StringComparison.Ordinal) || text.StartsWith("很抱歉", StringComparison.Ordinal)) == grader["expected"]!.GetValue<bool>(),
            "code" => grader["tests"]!.AsArray().All(test => Passes(Script(text), grader.Text("function"), test!)),
            "firstToken" or "latency" => true,
            var kind => throw new InvalidOperationException($"Nothing here grades '{kind}'."),
        };
    }

    /// <summary>The code of an answer without the fence around it.</summary>
    public static string Script(string answer) => Regex.Replace(answer, "^```javascript\n|\n```$", string.Empty);

    private static double LastNumber(string text) =>
        Regex.Matches(text, @"-?\d+(\.\d+)?") is { Count: > 0 } numbers ? double.Parse(numbers[^1].Value, CultureInfo.InvariantCulture) : double.NaN;

    private static async Task<bool> ConformsAsync(string json, JsonNode schema) =>
        (await JsonSchema.FromJsonAsync(schema.ToJsonString(), TestContext.Current.CancellationToken)).Validate(json).Count == 0;

    private static bool Passes(string script, string function, JsonNode test)
    {
        using var engine = new Engine(options => options.LimitMemory(16_000_000).MaxStatements(100_000));
        try
        {
            var result = engine.Evaluate($"{script}\nJSON.stringify({function}(...{test["arguments"]!.ToJsonString()}))");
            return JsonNode.DeepEquals(JsonNode.Parse(result.AsString()), test["expected"]);
        }
        catch (JavaScriptException)
        {
            return false;
        }
    }
}
