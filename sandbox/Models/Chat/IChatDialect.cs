using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>What a provider's answers look like.</summary>
internal interface IChatDialect
{
    /// <summary>A completion in one piece.</summary>
    JsonObject Whole(ChatReply reply);

    /// <summary>A chunk of a stream; the last one of the message has a reason.</summary>
    JsonObject Chunk(ChatReply reply, JsonObject delta, string? finishReason);

    /// <summary>The chunk before the message, or null where there is none.</summary>
    JsonObject? Preface(ChatReply reply);

    /// <summary>The chunk after the message that tells the tokens.</summary>
    JsonObject UsageChunk(ChatReply reply);

    /// <summary>A request that is refused for a parameter.</summary>
    JsonObject BadRequest(string message, string? parameter);

    /// <summary>A request that fails, or comes too often.</summary>
    /// <param name="status">The HTTP status: 429 or 500.</param>
    /// <param name="model">The model that was asked.</param>
    JsonObject Failure(int status, string model);
}
