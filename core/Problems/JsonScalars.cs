using System.Text.Json;

namespace Orchestrator.Core.Problems;

/// <summary>The scalar values that our documents use, each with the sentence that says what is expected.</summary>
internal static class JsonScalars
{
    public static int? Whole(this JsonObjectReader reader, string name, int least, int most, bool required = false) =>
        reader.Scalar<int>(
            name,
            required,
            $"a whole number from {least} to {most}",
            found => found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var value) && value >= least && value <= most ? value : null);

    public static long? Size(this JsonObjectReader reader, string name) =>
        reader.Scalar<long>(
            name,
            required: true,
            "a size in bytes, 0 or more",
            found => found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var value) && value >= 0 ? value : null);

    public static double? Share(this JsonObjectReader reader, string name) => reader.Number(name, 0, 1, "a share from 0 to 1");

    public static double? Number(this JsonObjectReader reader, string name, double least, double most, string rule) =>
        reader.Scalar<double>(
            name,
            required: false,
            rule,
            found => found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var value) && value >= least && value <= most ? value : null);

    public static bool? Flag(this JsonObjectReader reader, string name) =>
        reader.Scalar<bool>(
            name,
            required: false,
            "true or false",
            found => found.ValueKind is JsonValueKind.True or JsonValueKind.False ? found.GetBoolean() : null);

    public static Guid? Id(this JsonObjectReader reader, string name) =>
        reader.Scalar<Guid>(
            name,
            required: true,
            "a GUID",
            found => found.ValueKind == JsonValueKind.String && Guid.TryParseExact(found.GetString(), "D", out var value) ? value : null);

    public static TimeSpan? Duration(this JsonObjectReader reader, string name) =>
        reader.Scalar<TimeSpan>(
            name,
            required: false,
            DurationText.Rule,
            found => found.ValueKind == JsonValueKind.String ? DurationText.Parse(found.GetString()!) : null);

    /// <summary>The texts of an array; none when the property is absent.</summary>
    public static IReadOnlyList<string> Texts(this JsonObjectReader reader, string name)
    {
        var texts = new List<string>();
        foreach (var (item, path) in reader.Items(name, required: false))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text)
            {
                texts.Add(text);
            }
            else
            {
                reader.ReportAt(path, $"expected text, found {item.GetRawText()}");
            }
        }

        return texts;
    }

    public static TEnum? Word<TEnum>(this JsonObjectReader reader, string name, bool required = false)
        where TEnum : struct, Enum =>
        reader.Scalar(name, required, OneOf<TEnum>(), Parse<TEnum>);

    /// <summary>The words of an array, each once; nothing when the property is absent.</summary>
    public static IReadOnlyList<TEnum> Words<TEnum>(this JsonObjectReader reader, string name)
        where TEnum : struct, Enum
    {
        var words = new List<TEnum>();
        foreach (var (item, path) in reader.Items(name, required: false))
        {
            if (Parse<TEnum>(item) is not { } word)
            {
                reader.ReportAt(path, $"expected {OneOf<TEnum>()}, found {item.GetRawText()}");
            }
            else if (words.Contains(word))
            {
                reader.ReportAt(path, $"expected each word once, found {item.GetRawText()} again");
            }
            else
            {
                words.Add(word);
            }
        }

        return words;
    }

    /// <summary>A path on a workload's address: begins with one slash and stays on that host.</summary>
    public static string? UrlPath(this JsonObjectReader reader, string name, bool required = false)
    {
        var text = required ? reader.RequiredText(name) : reader.OptionalText(name);
        if (text is null || (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && Uri.IsWellFormedUriString(text, UriKind.Relative)))
        {
            return text;
        }

        reader.Report(name, $"expected a path that begins with one slash, found '{text}'");
        return null;
    }

    /// <summary>An absolute https address, or http where the host is this machine.</summary>
    public static Uri? Address(this JsonObjectReader reader, string name)
    {
        if (reader.OptionalText(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            return address;
        }

        reader.Report(name, $"expected an absolute https address, found '{text}'");
        return null;
    }

    private static string OneOf<TEnum>()
        where TEnum : struct, Enum =>
        $"one of {string.Join(", ", Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName))}";

    private static TEnum? Parse<TEnum>(JsonElement found)
        where TEnum : struct, Enum =>
        found.ValueKind == JsonValueKind.String
            ? Enum.GetValues<TEnum>().Cast<TEnum?>().FirstOrDefault(word => JsonNamingPolicy.CamelCase.ConvertName(word.ToString()!) == found.GetString())
            : null;
}
