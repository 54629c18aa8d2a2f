using System.Text.Json;

namespace Orchestrator.Sandbox.Models.Answers;

/// <summary>A question of the answer book.</summary>
/// <param name="Prompt">What the last message of the user says.</param>
/// <param name="Category">Its category.</param>
/// <param name="Right">What a good model answers.</param>
/// <param name="Wrong">What a bad one does.</param>
internal sealed record KnownQuestion(string Prompt, string Category, Said Right, Said Wrong)
{
    public static KnownQuestion Read(JsonElement entry) => new(
        entry.GetProperty("prompt").GetString()!,
        entry.GetProperty("category").GetString()!,
        Said.Read(entry.GetProperty("right")),
        Said.Read(entry.GetProperty("wrong")));
}

/// <summary>What a model says: a text, that it refuses, or which tool is to be called.</summary>
/// <param name="Text">The text; empty when it calls a tool.</param>
/// <param name="IsRefusal">Whether the text refuses.</param>
/// <param name="Tool">The tool, or null.</param>
/// <param name="Arguments">The tool's arguments, JSON.</param>
internal sealed record Said(string Text, bool IsRefusal = false, string? Tool = null, string Arguments = "{}")
{
    public static Said Refusal(bool isChinese) => new(isChinese ? "很抱歉，我无法提供这方面的帮助。" : "I'm sorry, but I can't help with that.", IsRefusal: true);

    public static Said Read(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.String ? new(answer.GetString()!)
        : answer.TryGetProperty("refusal", out var refusal) ? new(refusal.GetString()!, IsRefusal: true)
        : new(string.Empty, Tool: answer.GetProperty("tool").GetString(), Arguments: answer.GetProperty("arguments").GetRawText());
}
