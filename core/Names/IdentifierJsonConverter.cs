using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Core.Names;

/// <summary>Writes an identifier as its text, as a value and as a property name, whatever options are in use.</summary>
public sealed class IdentifierJsonConverter<T> : JsonConverter<T>
    where T : class, IIdentifier<T>
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        From(reader.TokenType == JsonTokenType.String ? reader.GetString()! : reader.TokenType.ToString());

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    /// <inheritdoc />
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        From(reader.GetString()!);

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);

    private static T From(string text) =>
        T.From(text) ?? throw new JsonException($"{typeof(T).Name}: expected {T.Rule}, found '{text}'.");
}
