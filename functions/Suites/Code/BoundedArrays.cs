using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>Functions of arrays that can make much out of elements which are used again and again.</summary>
internal static class BoundedArrays
{
    public static void Install(Bounds bounds)
    {
        var engine = bounds.Engine;
        var prototype = engine.Evaluate("Array.prototype").AsObject();
        var open = new HashSet<ObjectInstance>(ReferenceEqualityComparer.Instance);

        bounds.Replace(prototype, "join", (_, self, arguments) =>
        {
            var (array, length) = ArrayLike(bounds, self);
            var separator = BoundedText.At(arguments, 0) is { } given && given.IsUndefined() ? "," : bounds.TextOf(BoundedText.At(arguments, 0));
            if (!open.Add(array))
            {
                return string.Empty;
            }

            try
            {
                var text = new StringBuilder();
                for (var index = 0; index < length; index++)
                {
                    var element = array.Get(index);
                    text.Append(index == 0 ? string.Empty : separator).Append(element.IsUndefined() || element.IsNull() ? string.Empty : bounds.TextOf(element));
                    _ = text.Length <= CodeLimits.Text ? 0 : throw bounds.TooLong(CodeLimits.Text);
                }

                return text.ToString();
            }
            finally
            {
                open.Remove(array);
            }
        });
        bounds.Replace(prototype, "toString", (_, self, _) =>
        {
            var array = ArrayLike(bounds, self).Array;
            return array.Get("join") is var join && join.IsCallable() ? engine.Call(join, array, []) : (JsValue)"[object Object]";
        });
        bounds.Replace(prototype, "flat", (_, self, arguments) =>
        {
            var depth = BoundedText.At(arguments, 0) is { } given && given.IsUndefined() ? 1 : TypeConverter.ToIntegerOrInfinity(BoundedText.At(arguments, 0));
            var elements = new List<JsValue>();
            var visits = 0;
            Flatten(bounds, self, (int)Math.Clamp(depth, 0, CodeLimits.Nesting), elements, ref visits);
            return new JsArray(engine, [.. elements]);
        });
    }

    private static (ObjectInstance Array, int Length) ArrayLike(Bounds bounds, JsValue self)
    {
        TypeConverter.RequireObjectCoercible(bounds.Engine, self);
        var array = self as ObjectInstance ?? bounds.Engine.Call(bounds.Engine.Intrinsics.Object, JsValue.Undefined, [bounds.Measured(self)]).AsObject();
        var length = TypeConverter.ToLength(array.Get("length"));
        return length <= CodeLimits.Elements ? (array, (int)length) : throw bounds.Error($"expected an array of at most {CodeLimits.Elements} elements, found {length}");
    }

    private static void Flatten(Bounds bounds, JsValue self, int depth, List<JsValue> elements, ref int visits)
    {
        var (array, length) = ArrayLike(bounds, self);
        for (var index = 0; index < length; index++)
        {
            if (++visits > CodeLimits.Visits || elements.Count >= CodeLimits.Elements)
            {
                throw bounds.Error($"expected an array of at most {CodeLimits.Elements} elements to come out of flat, found more");
            }

            if (!array.HasProperty(index))
            {
                continue;
            }

            var element = array.Get(index);
            if (depth > 0 && element is JsArray)
            {
                Flatten(bounds, element, depth - 1, elements, ref visits);
            }
            else
            {
                elements.Add(element);
            }
        }
    }
}
