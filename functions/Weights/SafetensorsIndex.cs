using System.Text.Json;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>
/// The index of weights that are split: <c>{"metadata":{"total_size":N},"weight_map":{TENSOR:FILE}}</c>
/// (huggingface_hub, <c>serialization/_base.py</c>).
/// </summary>
internal static class SafetensorsIndex
{
    public const string Path = "model.safetensors.index.json";

    /// <summary>The largest index that is read, in bytes; those of the largest models have some ten million.</summary>
    public const int LargestSize = 64 * 1024 * 1024;

    /// <summary>Why the index does not fit the files, or null when it does.</summary>
    public static string? Refuse(ReadOnlyMemory<byte> utf8, IReadOnlyList<WeightsFile> files)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (!document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
            {
                return $"{Path}: expected an object 'weight_map', found none.";
            }

            var known = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
            var named = map.EnumerateObject().Select(tensor => tensor.Value.ToString()).ToHashSet(StringComparer.Ordinal);
            return named.FirstOrDefault(name => !known.Contains(name)) is { } unknown
                ? $"{Path}: expected only files of the manifest, found '{unknown}'."
                : RefuseSize(document.RootElement, files.Where(file => named.Contains(file.Path)).Sum(file => file.Size));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            return $"{Path}: expected an index of tensors, found text that is none: {malformed.Message}";
        }
    }

    // Files have headers beside their tensors, so they are larger than these.
    private static string? RefuseSize(JsonElement root, long most) =>
        root.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("total_size", out var total) && (total.GetInt64() > most)
            ? $"{Path}: expected a total_size of at most {most} bytes, the size of the files that it names; found {total}."
            : null;
}
