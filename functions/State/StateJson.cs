using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.Functions.State;

/// <summary>How values stand in entries, and how what has no length of its own is made to fit into one.</summary>
internal static class StateJson
{
    // An entry is never part of a page: Chinese is kept as it is, not six characters for each.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value as an entry.</summary>
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Whether every store takes a value as one entry.</summary>
    public static bool Fits<T>(T value) => Of(value).Length <= StateLimits.LongestJson;

    /// <summary>A text of at most so many characters; of a longer one the beginning, never with half a character, and <c>…</c>; null of none.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int most) =>
        text is null || text.Length <= most ? text : $"{text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)]}…";
}
