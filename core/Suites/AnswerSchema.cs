using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Suites;

/// <summary>
/// The JSON Schemas by which answers are graded: draft 4, of which every keyword that is taken is also checked. A keyword that is not
/// checked would let every answer pass, so it is refused: those of later drafts, <c>format</c>, <c>dependencies</c> and
/// <c>patternProperties</c>. References stay within the schema and go round in no circle: nothing is fetched, and checking ends.
/// </summary>
public static partial class AnswerSchema
{
    private const int LongestPattern = 2_000;
    private const int MostReferences = 200;
    private const string References = "#/definitions/";

    // Each keyword with what it holds.
    private static readonly Dictionary<string, Func<JsonElement, bool>> Keywords = new(StringComparer.Ordinal)
    {
        ["$schema"] = IsText,
        ["title"] = IsText,
        ["description"] = IsText,
        ["$ref"] = value => IsText(value) && Reference().IsMatch(value.GetString()!),
        ["type"] = value => IsType(value) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsType)),
        ["enum"] = value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0,
        ["pattern"] = IsText,
        ["minLength"] = IsCount,
        ["maxLength"] = IsCount,
        ["minItems"] = IsCount,
        ["maxItems"] = IsCount,
        ["minProperties"] = IsCount,
        ["maxProperties"] = IsCount,
        ["minimum"] = IsNumber,
        ["maximum"] = IsNumber,
        ["multipleOf"] = value => IsNumber(value) && value.GetDouble() > 0,
        ["exclusiveMinimum"] = IsFlag,
        ["exclusiveMaximum"] = IsFlag,
        ["uniqueItems"] = IsFlag,
        ["required"] = value => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText),
        ["additionalProperties"] = value => IsFlag(value) || IsObject(value),
        ["additionalItems"] = value => IsFlag(value) || IsObject(value),
        ["items"] = value => IsObject(value) || IsList(value),
        ["allOf"] = IsList,
        ["anyOf"] = IsList,
        ["oneOf"] = IsList,
        ["not"] = IsObject,
        ["properties"] = value => IsObject(value) && value.EnumerateObject().All(one => IsObject(one.Value)),
        ["definitions"] = value => IsObject(value) && value.EnumerateObject().All(one => IsObject(one.Value)),
    };

    /// <summary>The keywords that are taken, and checked.</summary>
    public static IReadOnlyCollection<string> Taken => Keywords.Keys;

    /// <summary>Why a text is no regular expression that answers can be matched with; null when it is one.</summary>
    internal static string? WhyNoPattern(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            return $"expected a regular expression of at most {LongestPattern} characters, found {pattern.Length}";
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return null;
        }
        catch (RegexParseException problem)
        {
            return $"expected a regular expression, found one that is none: {problem.Message}";
        }
    }

    /// <summary>The schema in a property as JSON text, or null with all its problems noted.</summary>
    internal static string? Read(JsonObjectReader reader, string name, bool required)
    {
        if ((required ? reader.RequiredObject(name) : reader.OptionalObject(name)) is null || reader.Find(name) is not { } schema)
        {
            return null;
        }

        var problems = new List<Problem>();
        var references = new List<(string From, string To, string Path)>();
        Check(schema, reader.PathOf(name), string.Empty, problems, references);
        var definitions = schema.TryGetProperty("definitions", out var given) && IsObject(given) ? given.EnumerateObject().Select(one => one.Name).ToHashSet(StringComparer.Ordinal) : [];
        if (references.Count > MostReferences)
        {
            reader.Report(name, $"expected at most {MostReferences} references, found {references.Count}");
            return null;
        }

        problems.AddRange(references.Where(one => !definitions.Contains(one.To)).Select(one => new Problem(one.Path, $"expected one of the schema's definitions, found '{one.To}'")));
        if (references.FirstOrDefault(one => Reaches(references, one.To, one.From)) is { Path: { } path })
        {
            problems.Add(new(path, "expected a reference that does not lead back to where it stands, found one that does"));
        }

        problems.ForEach(problem => reader.ReportAt(problem.Path, problem.Message));
        return problems.Count == 0 ? schema.GetRawText() : null;
    }

    private static void Check(JsonElement schema, string path, string definition, List<Problem> problems, List<(string From, string To, string Path)> references)
    {
        foreach (var (bound, keyword) in new[] { ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum") })
        {
            if (schema.TryGetProperty(keyword, out _) && !schema.TryGetProperty(bound, out _))
            {
                problems.Add(new($"{path}.{keyword}", $"expected {bound} beside it, which it is about; found none"));
            }
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            var here = $"{path}.{keyword.Name}";
            if (!Keywords.TryGetValue(keyword.Name, out var isGood))
            {
                problems.Add(new(here, $"expected one of {string.Join(", ", Keywords.Keys)}; found a keyword that is not checked"));
            }
            else if (!isGood(keyword.Value))
            {
                problems.Add(new(here, "expected what this keyword holds in JSON Schema draft 4, references as #/definitions/NAME; found something else"));
            }
            else if (keyword.NameEquals("$ref"))
            {
                references.Add((definition, keyword.Value.GetString()![References.Length..], here));
                if (schema.EnumerateObject().Count() > 1)
                {
                    problems.Add(new(path, "expected nothing beside $ref, where it would not be checked; found more"));
                }
            }
            else if (keyword.NameEquals("pattern") && WhyNoPattern(keyword.Value.GetString()!) is { } why)
            {
                problems.Add(new(here, why));
            }
            else
            {
                foreach (var (inner, innerPath, name) in Inner(keyword, here))
                {
                    Check(inner, innerPath, name is not null && definition.Length == 0 ? name : definition, problems, references);
                }
            }
        }
    }

    // The schemas that a keyword holds; with a name where they are definitions.
    private static IEnumerable<(JsonElement Schema, string Path, string? Definition)> Inner(JsonProperty keyword, string path) => keyword.Name switch
    {
        "properties" => keyword.Value.EnumerateObject().Select(one => (one.Value, $"{path}.{one.Name}", (string?)null)),
        "definitions" => keyword.Value.EnumerateObject().Select(one => (one.Value, $"{path}.{one.Name}", (string?)one.Name)),
        "not" => [(keyword.Value, path, null)],
        "items" or "allOf" or "anyOf" or "oneOf" or "additionalProperties" or "additionalItems" => keyword.Value.ValueKind switch
        {
            JsonValueKind.Object => [(keyword.Value, path, null)],
            JsonValueKind.Array => keyword.Value.EnumerateArray().Select((one, index) => (one, $"{path}[{index}]", (string?)null)),
            _ => [],
        },
        _ => [],
    };

    private static bool Reaches(List<(string From, string To, string Path)> references, string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var here))
        {
            if (here == to)
            {
                return true;
            }

            if (seen.Add(here))
            {
                references.Where(one => one.From == here).ToList().ForEach(one => open.Push(one.To));
            }
        }

        return false;
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static bool IsFlag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object;

    private static bool IsCount(JsonElement value) => IsNumber(value) && value.TryGetInt32(out var count) && count >= 0;

    private static bool IsList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsObject);

    private static bool IsType(JsonElement value) =>
        IsText(value) && value.GetString() is "null" or "boolean" or "object" or "array" or "number" or "integer" or "string";

    [GeneratedRegex(@"\A#/definitions/[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Reference();
}
