using System.Text.Json;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Problems;

/// <summary>
/// Reads one JSON object property by property, noting what is missing, of the wrong kind or unknown, and goes on:
/// whoever wrote the document sees all its problems at once, each with its path.
/// </summary>
internal sealed class JsonObjectReader
{
    private readonly JsonElement element;
    private readonly List<Problem> problems;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private JsonObjectReader(JsonElement element, string path, List<Problem> problems)
    {
        this.element = element;
        this.problems = problems;
        Path = path;
    }

    public string Path { get; }

    public static JsonObjectReader? Open(JsonElement element, string path, List<Problem> problems)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new(element, path, problems);
        }

        problems.Add(new(path, $"expected an object, found {Describe(element)}"));
        return null;
    }

    /// <summary>The object's own JSON text; its properties are not looked at any further.</summary>
    public string RawText => element.GetRawText();

    public string PathOf(string name) => $"{Path}.{name}";

    public void Report(string name, string message) => problems.Add(new(PathOf(name), message));

    public void ReportAt(string path, string message) => problems.Add(new(path, message));

    public bool Has(string name) => Find(name) is not null;

    public T? Required<T>(string name)
        where T : class, IIdentifier<T> =>
        Identifier<T>(name, required: true);

    public T? Optional<T>(string name)
        where T : class, IIdentifier<T> =>
        Identifier<T>(name, required: false);

    public string? RequiredText(string name) => Text(name, required: true);

    public string? OptionalText(string name) => Text(name, required: false);

    /// <summary>A value that <paramref name="read"/> takes from the property, or null with the problem noted.</summary>
    public T? Scalar<T>(string name, bool required, string rule, Func<JsonElement, T?> read)
        where T : struct
    {
        if (Find(name) is not { } found)
        {
            Missing(name, required, rule);
            return null;
        }

        if (read(found) is { } value)
        {
            return value;
        }

        Report(name, $"expected {rule}, found {Describe(found)}");
        return null;
    }

    public JsonObjectReader? RequiredObject(string name) => Object(name, required: true);

    public JsonObjectReader? OptionalObject(string name) => Object(name, required: false);

    /// <summary>The objects of an array, each read by <paramref name="read"/>; what could not be read is left out.</summary>
    public IReadOnlyList<T> Objects<T>(string name, bool required, Func<JsonObjectReader, T?> read)
        where T : class
    {
        var values = new List<T>();
        foreach (var (item, path) in Items(name, required))
        {
            if (Open(item, path, problems) is not { } reader)
            {
                continue;
            }

            if (read(reader) is { } value)
            {
                values.Add(value);
            }

            reader.RefuseUnknown();
        }

        return values;
    }

    /// <summary>The items of an array with their paths; nothing when the property is absent or no array.</summary>
    public IEnumerable<(JsonElement Item, string Path)> Items(string name, bool required)
    {
        if (Find(name) is not { } found)
        {
            Missing(name, required, "a list");
            return [];
        }

        if (found.ValueKind != JsonValueKind.Array)
        {
            Report(name, $"expected a list, found {Describe(found)}");
            return [];
        }

        if (required && found.GetArrayLength() == 0)
        {
            Report(name, "expected at least one entry, found an empty list");
        }

        return found.EnumerateArray().Select((item, index) => (item, $"{PathOf(name)}[{index}]"));
    }

    /// <summary>The entries of an object that is used as a map from names of type <typeparamref name="TKey"/>.</summary>
    public IReadOnlyList<(TKey Key, JsonObjectReader Value)> Map<TKey>(string name)
        where TKey : class, IIdentifier<TKey>
    {
        var entries = new List<(TKey, JsonObjectReader)>();
        if (RequiredObject(name) is not { } map)
        {
            return entries;
        }

        foreach (var property in map.element.EnumerateObject())
        {
            map.known.Add(property.Name);
            if (TKey.From(property.Name) is not { } key)
            {
                map.Report(property.Name, $"expected {TKey.Rule} as the key, found '{property.Name}'");
            }
            else if (Open(property.Value, map.PathOf(property.Name), problems) is { } value)
            {
                entries.Add((key, value));
            }
        }

        if (map.known.Count == 0)
        {
            Report(name, "expected at least one entry, found an empty object");
        }

        return entries;
    }

    /// <summary>A typing mistake must not pass as an absent setting.</summary>
    public void RefuseUnknown()
    {
        foreach (var property in element.EnumerateObject().Where(property => !known.Contains(property.Name)))
        {
            Report(property.Name, $"expected one of {string.Join(", ", known.Order())}; found a property that is not known");
        }
    }

    /// <summary>Has what the object holds besides pass as known, because what the object is could not be told.</summary>
    public void IgnoreUnknown() => known.UnionWith(element.EnumerateObject().Select(property => property.Name));

    /// <summary>The property as it stands there, null included; nothing, and the problem noted, when it is missing.</summary>
    public JsonElement? Given(string name, string rule)
    {
        known.Add(name);
        if (element.TryGetProperty(name, out var value))
        {
            return value;
        }

        Missing(name, required: true, rule);
        return null;
    }

    public JsonElement? Find(string name)
    {
        known.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private T? Identifier<T>(string name, bool required)
        where T : class, IIdentifier<T>
    {
        if (Find(name) is not { } found)
        {
            Missing(name, required, T.Rule);
            return null;
        }

        if (found.ValueKind == JsonValueKind.String && T.From(found.GetString()!) is { } value)
        {
            return value;
        }

        Report(name, $"expected {T.Rule}, found {Describe(found)}");
        return null;
    }

    private string? Text(string name, bool required)
    {
        if (Find(name) is not { } found)
        {
            Missing(name, required, "text");
            return null;
        }

        if (found.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(found.GetString()))
        {
            return found.GetString();
        }

        Report(name, $"expected text, found {Describe(found)}");
        return null;
    }

    private JsonObjectReader? Object(string name, bool required)
    {
        if (Find(name) is { } found)
        {
            return Open(found, PathOf(name), problems);
        }

        Missing(name, required, "an object");
        return null;
    }

    private void Missing(string name, bool required, string rule)
    {
        if (required)
        {
            Report(name, $"expected {rule}, found nothing");
        }
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => Shorten(element.GetRawText()),
    };

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}…";
}
