using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>A case of the default suite, and the request that it makes.</summary>
internal sealed class SuiteQuestion(JsonObject suiteCase)
{
    public static IReadOnlyList<SuiteQuestion> All { get; } =
        [.. JsonNode.Parse(File.ReadAllText(RepositoryFolder.Of("functions", "Suites", "default.json")))!["cases"]!.AsArray().Select(one => new SuiteQuestion(one!.AsObject()))];

    public JsonObject Case => suiteCase;

    public string Id => suiteCase.Text("id");

    public string Category => suiteCase.Text("category");

    public string Prompt => suiteCase["messages"]!.AsArray().Last(message => message!.Text("role") == "user")!.Text("content");

    public IEnumerable<JsonNode> Graders => suiteCase["graders"]!.AsArray().Select(grader => grader!);

    public JsonObject Request(string model, long seed = 7)
    {
        var request = new JsonObject
        {
            ["model"] = model,
            ["messages"] = suiteCase["messages"]!.DeepClone(),
            ["temperature"] = suiteCase["parameters"]!["temperature"]!.DeepClone(),
            ["max_tokens"] = suiteCase["parameters"]!["maxTokens"]!.DeepClone(),
            ["seed"] = seed,
        };
        if (suiteCase["responseFormat"]?.ToString() == "jsonObject")
        {
            request["response_format"] = new JsonObject { ["type"] = "json_object" };
        }

        if (suiteCase["tools"] is JsonArray tools)
        {
            request["tools"] = new JsonArray([.. tools.Select(tool => new JsonObject { ["type"] = "function", ["function"] = tool!.DeepClone() })]);
            request["tool_choice"] = suiteCase["toolChoice"]?.DeepClone() ?? "auto";
        }

        return request;
    }
}
