using System.Text.Json;
using Orchestrator.Core.Verification;

namespace Orchestrator.Functions.Verification;

/// <summary>
/// Tells how a probe ended. A content filter says so in the error's code when it refused the prompt, and in a choice's finish reason
/// when it cut the answer off. Source: Azure OpenAI documentation, "Content filtering".
/// </summary>
internal static class ProbeOutcomes
{
    private const string ContentFilter = "content_filter";

    public static ProbeOutcome Of(int? status, string body, bool timedOut) => status switch
    {
        null => timedOut ? ProbeOutcome.Failed : ProbeOutcome.Unreachable,
        429 => ProbeOutcome.RateLimited,
        >= 200 and < 300 or 400 when body.Contains(ContentFilter, StringComparison.Ordinal) && IsFiltered(body) => ProbeOutcome.Filtered,
        >= 200 and < 300 => ProbeOutcome.Answered,
        _ => ProbeOutcome.Failed,
    };

    private static bool IsFiltered(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return Is(Find(Find(root, "error"), "code"))
                || (Find(root, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.EnumerateArray().Any(choice => Is(Find(choice, "finish_reason"))));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Is(JsonElement? found) => found is { ValueKind: JsonValueKind.String } && found.Value.GetString() == ContentFilter;

    private static JsonElement? Find(JsonElement? node, string name) =>
        node is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;
}
