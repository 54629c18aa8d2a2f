namespace Orchestrator.Functions.Suites.Calls;

/// <summary>What a model replied, whole or streamed.</summary>
/// <param name="Text">The answer's text; empty without one.</param>
/// <param name="Refusal">What the reply's <c>refusal</c> field says; null without one.</param>
/// <param name="IsFiltered">Whether a content filter kept the answer back or cut it off.</param>
/// <param name="FinishReason">Why the model stopped; null when the reply does not say.</param>
/// <param name="ToolCalls">The tools that it calls.</param>
/// <param name="Model">The model that the reply names.</param>
/// <param name="Times">How long it took.</param>
internal sealed record ModelReply(
    string Text,
    string? Refusal,
    bool IsFiltered,
    string? FinishReason,
    IReadOnlyList<ToolCall> ToolCalls,
    string? Model,
    ReplyTimes Times);

/// <summary>A call of a tool.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">What the model gives for JSON.</param>
internal sealed record ToolCall(string Name, string Arguments);
