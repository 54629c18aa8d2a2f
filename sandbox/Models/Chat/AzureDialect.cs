using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>Azure's shapes: OpenAI's, and what the content filter found. Source: Azure OpenAI REST reference; content filtering.</summary>
internal sealed class AzureDialect : IChatDialect
{
    public JsonObject Whole(ChatReply reply)
    {
        var whole = Envelope(reply, "chat.completion");
        whole["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = reply.Message(),
            ["finish_reason"] = reply.Answer.FinishReason,
            ["logprobs"] = null,
            ["content_filter_results"] = OutputFilter(reply),
        });
        whole["usage"] = Usage(reply);
        whole["prompt_filter_results"] = PromptFilter();
        return whole;
    }

    public JsonObject Chunk(ChatReply reply, JsonObject delta, string? finishReason)
    {
        var chunk = Envelope(reply, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["delta"] = delta,
            ["finish_reason"] = finishReason,
            ["logprobs"] = null,
            ["content_filter_results"] = finishReason is null ? new JsonObject() : OutputFilter(reply),
        });
        return chunk;
    }

    // Comes before the model has been asked, and so names none.
    public JsonObject Preface(ChatReply reply) => new()
    {
        ["id"] = string.Empty,
        ["object"] = string.Empty,
        ["created"] = 0,
        ["model"] = string.Empty,
        ["choices"] = new JsonArray(),
        ["prompt_filter_results"] = PromptFilter(),
    };

    public JsonObject UsageChunk(ChatReply reply)
    {
        var chunk = Envelope(reply, "chat.completion.chunk");
        chunk["choices"] = new JsonArray();
        chunk["usage"] = Usage(reply);
        return chunk;
    }

    public JsonObject BadRequest(string message, string? parameter) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = parameter, ["code"] = null },
    };

    public JsonObject Failure(int status, string model) => status == 429
        ? AzureErrors.RateLimit(model, "call", TimeSpan.FromSeconds(1))
        : AzureErrors.Of("InternalServerError", "The server had an error while processing your request. Sorry about that!");

    private static JsonObject Envelope(ChatReply reply, string kind) => new()
    {
        ["id"] = reply.Id,
        ["object"] = kind,
        ["created"] = reply.Created,
        ["model"] = reply.Model,
        ["system_fingerprint"] = reply.Fingerprint,
    };

    private static JsonObject Usage(ChatReply reply)
    {
        var usage = reply.Usage();
        usage["prompt_tokens_details"] = new JsonObject { ["audio_tokens"] = 0, ["cached_tokens"] = 0 };
        usage["completion_tokens_details"] = new JsonObject { ["accepted_prediction_tokens"] = 0, ["audio_tokens"] = 0, ["reasoning_tokens"] = 0, ["rejected_prediction_tokens"] = 0 };
        return usage;
    }

    private static JsonArray PromptFilter() => new(new JsonObject { ["prompt_index"] = 0, ["content_filter_results"] = AzureErrors.FilterResult(null) });

    private static JsonObject OutputFilter(ChatReply reply)
    {
        var result = AzureErrors.FilterResult(reply.Answer.FinishReason == FinishReasons.ContentFilter ? "violence" : null);
        result.Remove(Answers.HarmfulWording.Jailbreak);
        return result;
    }
}
