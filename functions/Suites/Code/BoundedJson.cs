using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>JSON for code: read from short texts, and written (ECMA-262, SerializeJSONProperty) until it is too long.</summary>
internal static class BoundedJson
{
    public static void Install(Bounds bounds)
    {
        var json = bounds.Engine.Evaluate("JSON").AsObject();
        bounds.Replace(json, "parse", (original, self, arguments) =>
            bounds.Engine.Call(original, self, [bounds.TextOf(BoundedText.At(arguments, 0)), .. arguments.Skip(1)]));
        bounds.Replace(json, "stringify", (_, _, arguments) =>
        {
            var writer = new Writer(bounds, BoundedText.At(arguments, 1), Gap(BoundedText.At(arguments, 2)));
            var holder = new JsObject(bounds.Engine);
            holder.Set(string.Empty, BoundedText.At(arguments, 0));
            return writer.Write(holder, string.Empty, BoundedText.At(arguments, 0)) ? writer.ToString() : JsValue.Undefined;
        });
    }

    private static string Gap(JsValue space) => space switch
    {
        JsNumber number => new(' ', (int)Math.Clamp(TypeConverter.ToIntegerOrInfinity(number), 0, 10)),
        JsString { Length: > 10 } text => text.ToString()[..10],
        JsString text => text.ToString(),
        _ => string.Empty,
    };

    private sealed class Writer(Bounds bounds, JsValue replacer, string gap)
    {
        private readonly StringBuilder _text = new();
        private readonly HashSet<string>? _only = replacer is JsArray names ? [.. Items(names).Select(TypeConverter.ToString)] : null;
        private readonly HashSet<ObjectInstance> _open = new(ReferenceEqualityComparer.Instance);
        private int _visits;

        public override string ToString() => _text.ToString();

        /// <summary>Writes a value, unless there is nothing of it in JSON.</summary>
        public bool Write(ObjectInstance holder, string key, JsValue value)
        {
            _ = ++_visits <= CodeLimits.Visits ? 0 : throw bounds.TooLong(CodeLimits.Text);
            if (value is ObjectInstance own && own.Get("toJSON") is var convert && convert.IsCallable())
            {
                value = bounds.Engine.Call(convert, value, [key]);
            }

            if (replacer.IsCallable())
            {
                value = bounds.Engine.Call(replacer, holder, [key, value]);
            }

            return value switch
            {
                JsNumber number => Append(double.IsFinite(number.AsNumber()) ? TypeConverter.ToString(number) : "null"),
                JsString text => Quote(text.ToString()),
                ObjectInstance instance when !instance.IsCallable() => Nested(instance),
                _ when value.IsBoolean() || value.IsNull() => Append(TypeConverter.ToString(value)),
                _ => false,
            };
        }

        private bool Nested(ObjectInstance instance)
        {
            if (!_open.Add(instance) || _open.Count > CodeLimits.Nesting)
            {
                throw new JavaScriptException(bounds.Engine.Intrinsics.TypeError, "expected a value without cycles that is not deep, found another");
            }

            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            var isArray = instance is JsArray;
            var count = 0;
            Append(isArray ? "[" : "{");
            foreach (var key in isArray ? Enumerable.Range(0, (int)Math.Min(((JsArray)instance).Length, CodeLimits.Elements)).Select(index => (JsValue)index) : Keys(instance))
            {
                var start = _text.Length;
                Append(count > 0 ? "," : string.Empty);
                Line(_open.Count);
                var name = TypeConverter.ToString(key);
                if (!isArray)
                {
                    Quote(name);
                    Append(gap.Length > 0 ? ": " : ":");
                }

                if (Write(instance, name, instance.Get(key)) || (isArray && Append("null")))
                {
                    count++;
                }
                else
                {
                    _text.Length = start;
                }
            }

            _open.Remove(instance);
            if (count > 0)
            {
                Line(_open.Count);
            }

            return Append(isArray ? "]" : "}");
        }

        private IEnumerable<JsValue> Keys(ObjectInstance instance) => instance.GetOwnPropertyKeys(Types.String)
            .Where(key => ++_visits <= CodeLimits.Visits ? instance.GetOwnProperty(key).Enumerable && _only?.Contains(key.ToString()) != false : throw bounds.TooLong(CodeLimits.Text));

        private void Line(int levels)
        {
            if (gap.Length > 0)
            {
                Append("\n");
                for (var level = 0; level < levels; level++)
                {
                    Append(gap);
                }
            }
        }

        private bool Quote(string text)
        {
            Append("\"");
            for (var index = 0; index < bounds.Short(text).Length; index++)
            {
                var one = text[index];
                var isPair = char.IsHighSurrogate(one) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
                Append(one switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\b' => "\\b",
                    '\f' => "\\f",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ when isPair => text.Substring(index++, 2),
                    _ when one < ' ' || char.IsSurrogate(one) => $"\\u{(int)one:x4}",
                    _ => one.ToString(),
                });
            }

            return Append("\"");
        }

        private bool Append(string text)
        {
            _text.Append(text);
            return _text.Length <= CodeLimits.Text ? true : throw bounds.TooLong(CodeLimits.Text);
        }

        private static IEnumerable<JsValue> Items(JsArray array) =>
            Enumerable.Range(0, (int)Math.Min(array.Length, CodeLimits.Elements)).Select(index => array.Get(index)).Where(item => item is JsString or JsNumber);
    }
}
