using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>Functions of strings and patterns: neither what they take nor what they give is long.</summary>
internal static class BoundedText
{
    public static void Install(Bounds bounds)
    {
        var engine = bounds.Engine;
        var prototype = engine.Evaluate("String.prototype").AsObject();
        foreach (var key in prototype.GetOwnPropertyKeys(Types.String).Where(key => key.ToString() is not ("constructor" or "length")))
        {
            Func<JsValue, JsValue, JsValue[], JsValue> bounded = key.ToString() switch
            {
                "repeat" => (original, self, arguments) =>
                {
                    var (text, count) = (bounds.TextOf(Coercible(engine, self)), TypeConverter.ToIntegerOrInfinity(At(arguments, 0)));
                    return text.Length * count > CodeLimits.Text ? throw bounds.TooLong(CodeLimits.Text) : engine.Call(original, text, [count]);
                },
                "padStart" or "padEnd" => (original, self, arguments) =>
                {
                    var (text, length) = (bounds.TextOf(Coercible(engine, self)), TypeConverter.ToIntegerOrInfinity(At(arguments, 0)));
                    var filler = At(arguments, 1) is { } value && value.IsUndefined() ? " " : bounds.TextOf(At(arguments, 1));
                    return length > CodeLimits.Text ? throw bounds.TooLong(CodeLimits.Text) : engine.Call(original, text, [length, filler]);
                },
                "concat" => (_, self, arguments) =>
                {
                    var text = new StringBuilder(bounds.TextOf(Coercible(engine, self)));
                    foreach (var one in arguments)
                    {
                        text.Append(bounds.TextOf(one));
                        _ = text.Length <= CodeLimits.Text ? 0 : throw bounds.TooLong(CodeLimits.Text);
                    }

                    return text.ToString();
                },
                "replace" or "replaceAll" => (original, self, arguments) =>
                    engine.Call(original, bounds.TextOf(Coercible(engine, self)), [Pattern(bounds, At(arguments, 0), CodeLimits.Text), Replacement.Of(bounds, At(arguments, 1))]),
                "match" or "matchAll" or "search" => (original, self, arguments) =>
                    engine.Call(original, bounds.TextOf(Coercible(engine, self)), arguments is [] ? [] : [Pattern(bounds, arguments[0], CodeLimits.Pattern)]),
                "split" => (original, self, arguments) =>
                    engine.Call(original, bounds.TextOf(Coercible(engine, self)), [Pattern(bounds, At(arguments, 0), CodeLimits.Text), At(arguments, 1)]),
                "toString" or "valueOf" => (original, self, arguments) => engine.Call(original, bounds.Measured(self), arguments),
                _ => (original, self, arguments) => engine.Call(original, bounds.TextOf(Coercible(engine, self)), Measured(bounds, arguments)),
            };
            bounds.Replace(prototype, key, bounded);
        }

        var iterator = engine.Evaluate("Symbol.iterator");
        bounds.Replace(prototype, iterator, (original, self, arguments) => engine.Call(original, bounds.TextOf(Coercible(engine, self)), arguments));

        var pattern = engine.Evaluate("RegExp.prototype").AsObject();
        foreach (var key in engine.Evaluate("['exec', 'test', Symbol.match, Symbol.matchAll, Symbol.search, Symbol.split]").AsArray().Cast<JsValue>())
        {
            bounds.Replace(pattern, key, (original, self, arguments) =>
                engine.Call(original, self, [bounds.TextOf(At(arguments, 0)), .. arguments.Skip(1)]));
        }

        bounds.Replace(pattern, engine.Evaluate("Symbol.replace"), (original, self, arguments) =>
            engine.Call(original, self, [bounds.TextOf(At(arguments, 0)), Replacement.Of(bounds, At(arguments, 1))]));

        foreach (var name in new[] { "encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI", "parseInt", "parseFloat" })
        {
            bounds.Replace(engine.Global, name, (original, _, arguments) => engine.Call(original, JsValue.Undefined, [bounds.TextOf(At(arguments, 0)), .. arguments.Skip(1)]));
        }

        foreach (var owner in new[] { "Error", "Symbol", "Object" })
        {
            bounds.Replace(engine.Evaluate($"{owner}.prototype").AsObject(), "toString", (original, self, arguments) => engine.Call(original, self, arguments));
        }

        bounds.Sum(CodeText.Sum);
        bounds.Replace(engine.Global, CodeText.Text, (_, _, arguments) => bounds.TextOf(At(arguments, 0)));
    }

    internal static JsValue At(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : JsValue.Undefined;

    private static JsValue[] Measured(Bounds bounds, JsValue[] arguments) => [.. arguments.Select(bounds.Measured)];

    private static JsValue Coercible(Engine engine, JsValue self)
    {
        TypeConverter.RequireObjectCoercible(engine, self);
        return self;
    }

    // A pattern stays what it is; anything else becomes the text that is searched for.
    private static JsValue Pattern(Bounds bounds, JsValue value, int most) =>
        value is JsRegExp || value.IsUndefined() ? value : (JsValue)bounds.Short(bounds.TextOf(value), most);
}
