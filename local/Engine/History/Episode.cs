using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Engine.History;

/// <summary>
/// One turn of an orchestration: what had come in, and what the code then did. Stored as a whole or not at all, so that history
/// never holds a cause without its effects.
/// </summary>
/// <param name="At">The turn's time, UTC ticks: what the code saw as the current time.</param>
/// <param name="Incoming">What had come in, in order.</param>
/// <param name="Actions">What the code did, in order.</param>
internal sealed record Episode(
    [property: JsonPropertyName("a")] long At,
    [property: JsonPropertyName("i")] IReadOnlyList<HistoryEvent> Incoming,
    [property: JsonPropertyName("o")] IReadOnlyList<HistoryEvent> Actions)
{
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, HistoryJson.Default.Episode);

    public static Episode Read(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize(utf8, HistoryJson.Default.Episode)!;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Episode))]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
