using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>What servers of models answer, in the shapes in which they do.</summary>
internal static class Answers
{
    public const string AzureFilter = """
        {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,
        "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":false,"detected":false},"violence":{"filtered":true,"severity":"high"}}}}}
        """;

    public static string Question(this JsonObject request) => request["messages"]!.AsArray()[^1]!["content"]!.GetValue<string>();

    public static bool IsStream(this JsonObject request) => request["stream"]?.GetValue<bool>() == true;

    public static Task WholeAsync(HttpContext context, string text, string finish = "stop") =>
        WholeAsync(context, new JsonObject { ["role"] = "assistant", ["content"] = text }, finish);

    public static Task WholeAsync(HttpContext context, JsonObject message, string finish = "stop") => JsonAsync(context, 200, new JsonObject
    {
        ["id"] = "1",
        ["object"] = "chat.completion",
        ["model"] = "small-2026-01-01",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finish }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 3, ["completion_tokens"] = 5, ["total_tokens"] = 8 },
    }.ToJsonString());

    public static JsonObject Calls(params (string Name, string Arguments)[] calls) => new()
    {
        ["role"] = "assistant",
        ["content"] = null,
        ["tool_calls"] = new JsonArray([.. calls.Select((call, index) => new JsonObject
        {
            ["id"] = $"call_{index}",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
        })]),
    };

    public static Task JsonAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    public static void BeginStream(HttpContext context) => context.Response.ContentType = "text/event-stream; charset=utf-8";

    /// <summary>One event with a part of a message.</summary>
    public static async Task PartAsync(HttpContext context, string delta, string? finish = null)
    {
        await EventAsync(context, $$"""{"id":"1","object":"chat.completion.chunk","model":"small-2026-01-01","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{(finish is null ? "null" : JsonSerializer.Serialize(finish))}}}]}""");
    }

    public static async Task EventAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n");
        await context.Response.Body.FlushAsync();
    }

    /// <summary>A text in parts of one character, as a server streams it.</summary>
    public static async Task StreamAsync(HttpContext context, string text, string finish = "stop")
    {
        BeginStream(context);
        await PartAsync(context, """{"role":"assistant","content":""}""");
        foreach (var character in text)
        {
            await PartAsync(context, $$"""{"content":{{JsonSerializer.Serialize(character)}}}""");
        }

        await PartAsync(context, "{}", finish);
        await EventAsync(context, string.Create(CultureInfo.InvariantCulture, $$"""{"id":"1","model":"small-2026-01-01","choices":[],"usage":{ "completion_tokens": {{text.Length}} } }"""));
        await EventAsync(context, "[DONE]");
    }
}
