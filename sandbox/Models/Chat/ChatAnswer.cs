namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>What a model answers.</summary>
/// <param name="Tokens">The text, or the arguments of the tool that is called, token by token.</param>
/// <param name="FinishReason">One of <see cref="FinishReasons"/>.</param>
/// <param name="IsRefusal">Whether the text refuses.</param>
/// <param name="Tool">The tool that is called, or null.</param>
internal sealed record ChatAnswer(IReadOnlyList<string> Tokens, string FinishReason, bool IsRefusal = false, string? Tool = null)
{
    /// <summary>What is left where a filter has stopped the output.</summary>
    public static ChatAnswer Filtered { get; } = new([], FinishReasons.ContentFilter);

    public string Text => string.Concat(Tokens);
}

/// <summary>Why an answer ends. Source: OpenAI API reference, <c>finish_reason</c>.</summary>
internal static class FinishReasons
{
    public const string Stop = "stop";
    public const string Length = "length";
    public const string ToolCalls = "tool_calls";
    public const string ContentFilter = "content_filter";
}
