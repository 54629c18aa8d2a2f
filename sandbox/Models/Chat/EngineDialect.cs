using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>The shapes of vLLM and SGLang. Source: vLLM <c>ChatCompletionResponse</c> and <c>ErrorResponse</c>; SGLang <c>protocol.py</c>.</summary>
internal sealed class EngineDialect(ServingEngine engine) : IChatDialect
{
    public JsonObject Whole(ChatReply reply)
    {
        var whole = Envelope(reply, "chat.completion");
        var message = reply.Message();
        message["tool_calls"] ??= engine == ServingEngine.Vllm ? new JsonArray() : null;
        message["reasoning_content"] = null;
        whole["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = message,
            ["logprobs"] = null,
            ["finish_reason"] = reply.Answer.FinishReason,
            [StopField] = null,
        });
        whole["usage"] = Usage(reply);
        return whole;
    }

    public JsonObject Chunk(ChatReply reply, JsonObject delta, string? finishReason)
    {
        var chunk = Envelope(reply, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finishReason });
        return chunk;
    }

    public JsonObject? Preface(ChatReply reply) => null;

    public JsonObject UsageChunk(ChatReply reply)
    {
        var chunk = Envelope(reply, "chat.completion.chunk");
        chunk["choices"] = new JsonArray();
        chunk["usage"] = Usage(reply);
        return chunk;
    }

    public JsonObject BadRequest(string message, string? parameter) => Error(400, "BadRequestError", message, parameter);

    public JsonObject Failure(int status, string model) => status == 429
        ? Error(status, "RateLimitError", "Too many requests. Please retry later.", null)
        : Error(status, "InternalServerError", "Internal server error", null);

    /// <summary>An error in the engine's own shape.</summary>
    public JsonObject Error(int code, string type, string message, string? parameter) => engine == ServingEngine.Vllm
        ? new() { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = parameter, ["code"] = code } }
        : new() { ["object"] = "error", ["message"] = message, ["type"] = type, ["param"] = parameter, ["code"] = code };

    private string StopField => engine == ServingEngine.Vllm ? "stop_reason" : "matched_stop";

    private static JsonObject Envelope(ChatReply reply, string kind) => new() { ["id"] = reply.Id, ["object"] = kind, ["created"] = reply.Created, ["model"] = reply.Model };

    private static JsonObject Usage(ChatReply reply)
    {
        var usage = reply.Usage();
        usage["prompt_tokens_details"] = null;
        return usage;
    }
}
