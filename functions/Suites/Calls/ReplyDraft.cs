using System.Text;
using System.Text.Json;

namespace Orchestrator.Functions.Suites.Calls;

/// <summary>A reply while it comes in: a whole message, or the parts of one.</summary>
/// <remarks>
/// JSON is read by hand, not by the client's types: those refuse a whole reply for a finish reason they do not know, and servers of
/// open models have some of their own.
/// </remarks>
internal sealed class ReplyDraft
{
    /// <summary>The longest answer, in characters.</summary>
    public const int LongestAnswer = 1024 * 1024;

    private const int MostCalls = 128;
    private const string ContentFilter = "content_filter";

    private readonly StringBuilder text = new();
    private readonly StringBuilder refusal = new();
    private readonly SortedDictionary<int, (StringBuilder Name, StringBuilder Arguments)> calls = [];
    private string? finishReason;
    private string? model;
    private int length;

    /// <summary>How many tokens the server says that it made; null when it does not.</summary>
    public int? Tokens { get; private set; }

    /// <summary>Whether the server has said why the model stopped.</summary>
    public bool IsFinished => finishReason is not null;

    /// <summary>Takes in a chat completion, or a part of one.</summary>
    /// <param name="root">The JSON document.</param>
    /// <param name="message">Where a choice has its message: <c>message</c>, or <c>delta</c> in a part.</param>
    /// <returns>Whether it held anything that the model wrote.</returns>
    /// <exception cref="ReplyException">It is none, says that the server broke down, or is too long.</exception>
    public bool Add(JsonElement root, string message)
    {
        if (Json.Find(root, "error") is { ValueKind: JsonValueKind.Object } error)
        {
            if (Json.Text(error, "code") != ContentFilter)
            {
                throw new ReplyException($"the server broke down amid its answer: {Json.Text(error, "code") ?? Json.Text(error, "type") ?? "it does not say why"}", isBreakdown: true);
            }

            finishReason = ContentFilter;
            return false;
        }

        if (Json.Find(root, "choices") is not { ValueKind: JsonValueKind.Array } choices)
        {
            throw new ReplyException("the reply is no chat completion: it has no choices");
        }

        model ??= Json.Text(root, "model");
        Tokens = Json.Find(Json.Find(root, "usage"), "completion_tokens") is { ValueKind: JsonValueKind.Number } tokens && tokens.TryGetInt32(out var count) ? count : Tokens;
        var choice = choices.EnumerateArray().FirstOrDefault();
        finishReason = Json.Text(choice, "finish_reason") ?? finishReason;
        return choice.ValueKind == JsonValueKind.Object && AddMessage(Json.Find(choice, message));
    }

    /// <summary>The reply.</summary>
    public ModelReply Finish(ReplyTimes times) => new(
        text.ToString(),
        refusal.Length == 0 ? null : refusal.ToString(),
        finishReason == ContentFilter,
        finishReason,
        [.. calls.Values.Select(call => new ToolCall(call.Name.ToString(), call.Arguments.ToString()))],
        model,
        times);

    /// <summary>A reply of which a content filter let nothing through.</summary>
    public static ModelReply Filtered(ReplyTimes times) => new(string.Empty, null, true, ContentFilter, [], null, times);

    private bool AddMessage(JsonElement? message)
    {
        var before = length;
        Append(text, Json.Text(message, "content"));
        Append(refusal, Json.Text(message, "refusal"));
        if (Json.Find(message, "tool_calls") is { ValueKind: JsonValueKind.Array } given)
        {
            foreach (var (call, position) in given.EnumerateArray().Select((call, position) => (call, position)))
            {
                AddCall(call, position);
            }
        }

        return length > before || Json.Text(message, "reasoning_content") is { Length: > 0 };
    }

    private void AddCall(JsonElement call, int position)
    {
        var index = Json.Find(call, "index") is { ValueKind: JsonValueKind.Number } said && said.TryGetInt32(out var value) ? value : position;
        if (!calls.TryGetValue(index, out var draft))
        {
            draft = (new(), new());
            calls[index] = calls.Count < MostCalls ? draft : throw new ReplyException($"the answer calls more than {MostCalls} tools");
        }

        Append(draft.Name, Json.Text(Json.Find(call, "function"), "name"));
        Append(draft.Arguments, Json.Text(Json.Find(call, "function"), "arguments"));
    }

    private void Append(StringBuilder to, string? part)
    {
        length += part?.Length ?? 0;
        if (length > LongestAnswer)
        {
            throw new ReplyException($"the answer is longer than {LongestAnswer} characters");
        }

        to.Append(part);
    }
}
