using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Brings inputs into the form in which they go over the wire, and notes which resources they come from.</summary>
internal sealed class PropertySerializer
{
    public HashSet<Resource> Dependencies { get; } = [];

    public async Task<object?> SerializeAsync(string path, object? value)
    {
        switch (value)
        {
            case null or bool or double or string:
                return value;
            case int number:
                return (double)number;
            case InputArgs args:
                return await SerializeAsync(path, args);
            case IInput input:
                return await SerializeAsync(path, input.ToOutput());
            case IOutput output:
                return await SerializeAsync(path, output);
            case JsonElement json:
                return Json(json);
            case CustomResource resource:
                Dependencies.Add(resource);
                return await SerializeAsync($"{path}.id", resource.Id);
            case ComponentResource component:
                return await SerializeAsync($"{path}.urn", component.Urn);
            case IDictionary map:
                return await SerializeAsync(path, map);
            case IEnumerable list:
                return await SerializeAsync(path, list);
            case Task:
                throw new InvalidOperationException($"Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:\n\t{path}");
            default:
                throw new InvalidOperationException($"{value.GetType().FullName} is not a supported argument type.\n\t{path}");
        }
    }

    /// <summary>The arguments by name. What is null is left out.</summary>
    public async Task<ImmutableDictionary<string, object?>> SerializeAsync(string path, InputArgs args)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var (input, value) in args.Inputs())
        {
            if (await SerializeAsync($"{path}.{input.Name}", value) is { } serialized)
            {
                result.Add(input.Name, input.Json ? AsJson(serialized) : serialized);
            }
        }

        return result.ToImmutable();
    }

    private async Task<object?> SerializeAsync(string path, IOutput output)
    {
        var data = await output.GetDataAsync();
        Dependencies.UnionWith(data.Resources);
        if (!data.IsKnown)
        {
            return UnknownValue.Instance;
        }

        var value = await SerializeAsync(path, data.Value);
        return data.IsSecret ? new SecretValue(value) : value;
    }

    private async Task<object?> SerializeAsync(string path, IDictionary map)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (DictionaryEntry entry in map)
        {
            var key = entry.Key as string ?? throw new InvalidOperationException($"Dictionaries are only supported with string keys:\n\t{path}");
            if (await SerializeAsync($"{path}.{key}", entry.Value) is { } serialized)
            {
                result.Add(key, serialized);
            }
        }

        return result.ToImmutable();
    }

    private async Task<object?> SerializeAsync(string path, IEnumerable list)
    {
        var result = ImmutableArray.CreateBuilder<object?>();
        foreach (var item in list)
        {
            result.Add(await SerializeAsync($"{path}[{result.Count}]", item));
        }

        return result.ToImmutable();
    }

    private static object AsJson(object serialized)
    {
        var (value, known, secret) = PropertyValue.Unwrap(serialized);
        object text = known ? JsonSerializer.Serialize(value) : UnknownValue.Instance;
        return secret ? new SecretValue(text) : text;
    }

    private static object? Json(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => ImmutableArray.CreateRange(json.EnumerateArray().Select(Json)),
        JsonValueKind.Object => ImmutableDictionary.CreateRange(json.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Json(property.Value)))),
        _ => null,
    };
}
