using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>An answer on its way out, with all that its wrapping tells.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Created">When it was made, in Unix seconds.</param>
/// <param name="Model">The model that it names.</param>
/// <param name="Fingerprint">What tells one build of the model from another.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Answer">The answer.</param>
internal sealed record ChatReply(string Id, long Created, string Model, string Fingerprint, ChatRequest Request, ChatAnswer Answer)
{
    // Both would be ambiguous as text: a refusal in JSON mode has a field of its own.
    private bool HasRefusalField => Answer.IsRefusal && Request.IsJson;

    private string CallId => $"call_{Id[^24..]}";

    /// <summary>The whole message.</summary>
    public JsonObject Message() => Answer.Tool is { } tool
        ? new()
        {
            ["role"] = "assistant",
            ["content"] = null,
            ["refusal"] = null,
            ["tool_calls"] = new JsonArray(new JsonObject { ["id"] = CallId, ["type"] = "function", ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = Answer.Text } }),
        }
        : new() { ["role"] = "assistant", ["content"] = HasRefusalField ? null : Answer.Text, ["refusal"] = HasRefusalField ? Answer.Text : null };

    /// <summary>The same bit by bit: who speaks, then token by token.</summary>
    public IEnumerable<JsonObject> Deltas()
    {
        yield return Answer.Tool is { } tool
            ? new()
            {
                ["role"] = "assistant",
                ["content"] = null,
                ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = 0, ["id"] = CallId, ["type"] = "function", ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = string.Empty } }),
            }
            : new() { ["role"] = "assistant", ["content"] = string.Empty };
        foreach (var token in Answer.Tokens)
        {
            yield return Answer.Tool is not null
                ? new() { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = 0, ["function"] = new JsonObject { ["arguments"] = token } }) }
                : new() { [HasRefusalField ? "refusal" : "content"] = token };
        }
    }

    /// <summary>The tokens.</summary>
    public JsonObject Usage() => new()
    {
        ["prompt_tokens"] = Request.PromptTokens,
        ["completion_tokens"] = Answer.Tokens.Count,
        ["total_tokens"] = Request.PromptTokens + Answer.Tokens.Count,
    };
}
