using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Core.Problems;

/// <summary>Writes a duration as people write it, see <see cref="DurationText"/>.</summary>
public sealed class DurationJsonConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc />
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DurationText.Parse(reader.GetString() ?? string.Empty)
            ?? throw new JsonException($"Expected {DurationText.Rule}, found '{reader.GetString()}'.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(DurationText.Format(value));
}
