using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Parity;

/// <summary>
/// Score sheets as JSON. What comes from the other side of a border is refused unless it is exactly what a sheet may be, and what is
/// said of it then quotes nothing: a text that may not cross does not cross in an error either.
/// </summary>
public static class SheetJson
{
    private const int DeepestNesting = 8;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = DeepestNesting,
    };

    /// <summary>The bytes of a sheet, or why it may not leave.</summary>
    public static (byte[] Bytes, string? Refusal) Write(ScoreSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(sheet, Options);
        return (bytes, Read(bytes, sheet.Stack, sheet.Tag).Refusal);
    }

    /// <summary>The sheet of a stack for a release, or why it is refused.</summary>
    public static (ScoreSheet? Sheet, string? Refusal) Read(byte[] bytes, StackName stack, ReleaseTag tag)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > ScoreSheet.LargestSize)
        {
            return (null, $"expected at most {ScoreSheet.LargestSize} bytes, found more");
        }

        try
        {
            return JsonSerializer.Deserialize<ScoreSheet>(bytes, Options) is not { } sheet ? (null, "expected a score sheet, found null")
                : sheet.Stack != stack || sheet.Tag != tag ? (null, $"expected the scores of {stack} for {tag}, found those of another stack or release")
                : SheetRules.Problem(sheet) is { } problem ? (null, problem)
                : (sheet, null);
        }
        catch (JsonException misfit)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"expected a score sheet and no property beside its own, found something else at line {misfit.LineNumber + 1}, byte {misfit.BytePositionInLine + 1}"));
        }
    }
}
