using System.Text.Json.Nodes;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>
/// Makes JSON of what a function returned, by the own data properties of it alone: nothing of the code runs any more, so that it can
/// neither look different from what it is, nor go on for ever.
/// </summary>
internal sealed class ResultReader
{
    private int _left = CodeLimits.Result;

    /// <summary>A result as JSON.</summary>
    /// <exception cref="CodeRefusedException">It is none: too large, too deep, cyclic, or holding what JSON has not.</exception>
    public static JsonNode? Read(JsValue value) =>
        value.IsUndefined() ? throw NoJson("undefined") : new ResultReader().Node(value, 0);

    private JsonNode? Node(JsValue value, int depth)
    {
        Use(1);
        return value switch
        {
            _ when depth > CodeLimits.Levels => throw NoJson($"a value of more than {CodeLimits.Levels} levels, or a cyclic one"),
            JsNumber number when !double.IsFinite(number.AsNumber()) => throw NoJson(TypeConverter.ToString(number)),
            JsNumber number => JsonValue.Create(number.AsNumber()),
            JsString text => Text(text),
            JsArray array => Array(array, depth),
            _ when value.IsNull() || value.IsUndefined() => null,
            _ when value.IsBoolean() => JsonValue.Create(value.AsBoolean()),
            _ when value.IsCallable() => throw NoJson("a function"),
            _ when value.IsSymbol() => throw NoJson("a symbol"),
            _ when value.IsDate() => throw NoJson("a Date"),
            _ when value is JsRegExp => throw NoJson("a RegExp"),
            _ when value.IsPromise() => throw NoJson("a Promise"),
            JsMap => throw NoJson("a Map"),
            JsSet => throw NoJson("a Set"),
            ObjectInstance instance => Object(instance, depth),
            _ => throw NoJson("something else"),
        };
    }

    private JsonValue Text(JsString text)
    {
        Use(text.Length);
        return JsonValue.Create(text.ToString());
    }

    private JsonArray Array(JsArray array, int depth)
    {
        Use(array.Length);
        return new([.. Enumerable.Range(0, (int)array.Length).Select(index => Data(array, index) is { } value ? Node(value, depth + 1) : null)]);
    }

    // Undefined is left out of objects and null in arrays, as JSON.stringify does it.
    private JsonObject Object(ObjectInstance instance, int depth)
    {
        if (instance.GetOwnProperty("length") is { Configurable: false, Writable: false } length && length.Value is JsNumber)
        {
            throw NoJson("a String object");
        }

        var result = new JsonObject();
        foreach (var key in instance.GetOwnPropertyKeys(Types.String))
        {
            var name = key.ToString();
            Use(name.Length + 1);
            if (instance.GetOwnProperty(key).Enumerable && Data(instance, key) is { } value && !value.IsUndefined())
            {
                result[name] = Node(value, depth + 1);
            }
        }

        return result;
    }

    private static JsValue? Data(ObjectInstance instance, JsValue key)
    {
        var property = instance.GetOwnProperty(key);
        return property.Get is { } get && !get.IsUndefined() ? throw NoJson("a getter") : property.Value;
    }

    private void Use(long characters)
    {
        if (characters > _left)
        {
            throw NoJson($"one of more than {CodeLimits.Result} characters");
        }

        _left -= (int)characters;
    }

    private static CodeRefusedException NoJson(string found) => new($"expected a JSON value, found {found}");
}
