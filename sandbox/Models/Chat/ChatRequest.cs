using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>A chat completion that is asked for.</summary>
/// <param name="Model">The model, deployment or served name.</param>
/// <param name="Texts">What all the messages say, in their order.</param>
/// <param name="Prompt">What the last message of the user says.</param>
internal sealed record ChatRequest(string Model, IReadOnlyList<string> Texts, string Prompt)
{
    public int? MaxTokens { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    public long? Seed { get; init; }

    /// <summary>Whether the answer has to be a JSON object, of any kind or by a schema.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether it may be of any kind.</summary>
    public bool IsJsonObject { get; init; }

    /// <summary>The tools that may be called; none when the choice is none.</summary>
    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>The tool that is called when the model would call none by itself; null when it need not call any.</summary>
    public ChatTool? MustCall { get; init; }

    public bool IsStream { get; init; }

    /// <summary>Whether the last chunk of a stream is to tell the tokens.</summary>
    public bool IncludesUsage { get; init; }

    /// <summary>How many tokens the messages and the tools are.</summary>
    public required int PromptTokens { get; init; }
}

/// <summary>A tool that a model may call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The schema of its arguments.</param>
internal sealed record ChatTool(string Name, JsonObject Parameters)
{
    /// <summary>Arguments that the schema allows, as far as its simple words go.</summary>
    public JsonObject Example() => new((Parameters["properties"] as JsonObject ?? []).Select(property => KeyValuePair.Create(property.Key, Value(property.Value as JsonObject ?? []))));

    private static JsonNode? Value(JsonObject schema) => schema["enum"] is JsonArray { Count: > 0 } values ? values[0]?.DeepClone() : schema["type"]?.ToString() switch
    {
        "number" or "integer" => 1,
        "boolean" => true,
        "array" => new JsonArray(),
        "object" => new JsonObject(),
        _ => "example",
    };
}
