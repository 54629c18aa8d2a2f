using System.Text.Json;

namespace Orchestrator.Core.Problems;

/// <summary>Opens JSON text and hands its root to a reader that collects every problem.</summary>
internal static class JsonDocuments
{
    private const int DeepestNesting = 32;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = DeepestNesting,
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    public static Parsed<T> Parse<T>(ReadOnlyMemory<byte> utf8, Func<JsonObjectReader, T?> read)
        where T : class
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(WithoutByteOrderMark(utf8), Strict);
        }
        catch (JsonException problem)
        {
            return new(null, [new("$", $"expected a JSON document, found text that is none: {problem.Message}")]);
        }

        using (document)
        {
            var problems = new List<Problem>();
            var root = JsonObjectReader.Open(document.RootElement, "$", problems);
            var value = root is null ? null : read(root);
            root?.RefuseUnknown();
            return problems.Count == 0 && value is not null ? new(value, []) : new(null, problems);
        }
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
}
