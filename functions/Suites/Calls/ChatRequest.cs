using System.Text.Json.Nodes;
using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites.Calls;

/// <summary>The body of a request for an answer. What a case does not say is not sent.</summary>
internal static class ChatRequest
{
    /// <summary>A case's request.</summary>
    public static byte[] Of(string model, SuiteCase one, int seed)
    {
        var body = Of(model, one.Messages, seed);
        Set(body, "temperature", one.Parameters.Temperature);
        Set(body, "top_p", one.Parameters.TopP);
        Set(body, "max_completion_tokens", one.Parameters.MaxTokens);
        if (one.Format == AnswerFormat.JsonObject)
        {
            body["response_format"] = new JsonObject { ["type"] = "json_object" };
        }

        if (one.Tools.Count > 0)
        {
            body["tools"] = new JsonArray([.. one.Tools.Select(Tool)]);
            body["tool_choice"] = Word(one.ToolChoice);
        }

        if (one.Stream)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return Bytes(body);
    }

    /// <summary>A request for a verdict.</summary>
    public static byte[] OfJudge(string model, IReadOnlyList<SuiteMessage> messages, int seed, int maxTokens)
    {
        var body = Of(model, messages, seed);
        body["max_completion_tokens"] = maxTokens;
        return Bytes(body);
    }

    private static JsonObject Of(string model, IReadOnlyList<SuiteMessage> messages, int seed) => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray([.. messages.Select(message => new JsonObject { ["role"] = Word(message.Role), ["content"] = message.Content })]),
        ["seed"] = seed,
    };

    private static JsonObject Tool(SuiteTool tool)
    {
        var function = new JsonObject { ["name"] = tool.Name };
        if (tool.Description is not null)
        {
            function["description"] = tool.Description;
        }

        if (tool.Parameters is not null)
        {
            function["parameters"] = JsonNode.Parse(tool.Parameters);
        }

        return new() { ["type"] = "function", ["function"] = function };
    }

    private static void Set<T>(JsonObject body, string name, T? value)
        where T : struct
    {
        if (value is not null)
        {
            body[name] = JsonValue.Create(value.Value);
        }
    }

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        value.ToString().ToLowerInvariant();

    private static byte[] Bytes(JsonObject body) => System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
}
