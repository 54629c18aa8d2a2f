using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Models.Answers;

namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>Reads chat completions' requests. Source: OpenAI API reference, create chat completion.</summary>
internal static class ChatRequestReader
{
    // What the markup of a message takes beside its text.
    private const int TokensOfMarkup = 4;

    /// <exception cref="ChatRequestException">The body is no such request.</exception>
    public static ChatRequest Read(JsonNode? body)
    {
        var request = body as JsonObject ?? throw new ChatRequestException("We could not parse the JSON body of your request.", null);
        var messages = request["messages"] is JsonArray { Count: > 0 } array ? array : throw new ChatRequestException("Missing required parameter: 'messages'.", "messages");
        var texts = messages.Select(Text).ToArray();
        if ((Value<int>(request, "n") ?? 1) != 1)
        {
            throw new ChatRequestException("Only one choice can be asked for: 'n' must be 1.", "n");
        }

        var tools = Tools(request);
        var choice = request["tool_choice"];
        var format = (request["response_format"] as JsonObject)?["type"]?.ToString();
        var last = Array.FindLastIndex([.. messages], message => Role(message) == "user");
        return new(Word(request, "model") ?? string.Empty, texts, last < 0 ? string.Empty : texts[last].Trim())
        {
            MaxTokens = (Value<int>(request, "max_completion_tokens") ?? Value<int>(request, "max_tokens")) is { } most
                ? most > 0 ? most : throw new ChatRequestException($"Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got {most} instead.", "max_tokens")
                : null,
            Stop = request["stop"] is JsonArray stops ? [.. stops.Select(stop => stop!.ToString())] : Word(request, "stop") is { Length: > 0 } stop ? [stop] : [],
            Seed = Value<long>(request, "seed"),
            IsJson = format is "json_object" or "json_schema",
            IsJsonObject = format == "json_object",
            Tools = choice?.ToString() == "none" ? [] : tools,
            MustCall = MustCall(choice, tools),
            IsStream = Value<bool>(request, "stream") ?? false,
            IncludesUsage = request["stream_options"] is JsonObject options && (Value<bool>(options, "include_usage") ?? false),
            PromptTokens = texts.Sum(text => Answers.Tokens.Of(text).Count + TokensOfMarkup) + (tools.Length == 0 ? 0 : Answers.Tokens.Of(request["tools"]!.ToJsonString()).Count),
        };
    }

    private static ChatTool[] Tools(JsonObject request) => request["tools"] switch
    {
        null => [],
        JsonArray tools => [.. tools.Select((tool, index) => tool?["function"] is JsonObject function && Word(function, "name") is { } name
            ? new ChatTool(name, function["parameters"] as JsonObject ?? [])
            : throw new ChatRequestException($"Missing required parameter: 'tools[{index}].function.name'.", $"tools[{index}].function.name"))],
        _ => throw new ChatRequestException("Invalid type for 'tools': expected an array of objects.", "tools"),
    };

    private static ChatTool? MustCall(JsonNode? choice, ChatTool[] tools) => choice switch
    {
        JsonObject named => tools.FirstOrDefault(tool => tool.Name == named["function"]?["name"]?.ToString()) ?? throw new ChatRequestException("Invalid value for 'tool_choice': no such tool.", "tool_choice"),
        JsonValue when choice.ToString() == "required" => tools is [var first, ..] ? first : throw new ChatRequestException("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", "tool_choice"),
        _ => null,
    };

    private static string? Role(JsonNode? message) => (message as JsonObject)?["role"]?.ToString();

    private static string Text(JsonNode? message) => message is not JsonObject ? throw new ChatRequestException("Invalid type for 'messages': expected an array of objects.", "messages") : message["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (part as JsonObject)?["text"]?.ToString())),
        var content => content?.ToString() ?? string.Empty,
    };

    private static string? Word(JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static T? Value<T>(JsonObject from, string name)
        where T : struct => from[name] switch
        {
            null => null,
            JsonValue value when value.GetValueKind() != JsonValueKind.Null && value.TryGetValue<T>(out var typed) => typed,
            _ => throw new ChatRequestException($"Invalid type for '{name}'.", name),
        };
}

/// <summary>A request that is none.</summary>
internal sealed class ChatRequestException(string message, string? parameter) : Exception(message)
{
    /// <summary>The parameter that is wrong, or null.</summary>
    public string? Parameter => parameter;
}
