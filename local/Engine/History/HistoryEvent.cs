using System.Text.Json.Serialization;

namespace Orchestrator.Engine.History;

/// <summary>One thing that happened to an orchestration, or that it did. Stored as JSON with short names.</summary>
/// <param name="Kind">What.</param>
/// <param name="Task">The number of the action that it is, or belongs to; 0 for none.</param>
/// <param name="Name">A function's or an event's name.</param>
/// <param name="Data">An input, a result, a payload.</param>
/// <param name="Target">Another instance's id.</param>
/// <param name="At">A timer's due time, UTC ticks.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record HistoryEvent(
    [property: JsonPropertyName("k")] EventKind Kind,
    [property: JsonPropertyName("t")] int Task = 0,
    [property: JsonPropertyName("n")] string? Name = null,
    [property: JsonPropertyName("d")] string? Data = null,
    [property: JsonPropertyName("i")] string? Target = null,
    [property: JsonPropertyName("a")] long At = 0,
    [property: JsonPropertyName("f")] Failure? Failure = null);
