using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>Functions of objects: a string has a property for each of its characters, so none goes in that is long.</summary>
internal static class BoundedObjects
{
    public static void Install(Bounds bounds)
    {
        var engine = bounds.Engine;
        var constructor = engine.Evaluate("Object").AsObject();
        foreach (var key in constructor.GetOwnPropertyKeys(Types.String).Where(key => constructor.Get(key).IsCallable()))
        {
            bounds.Replace(constructor, key, (original, self, arguments) => engine.Call(original, self, [.. arguments.Select(bounds.Measured)]));
        }

        // One source after the other, since nothing is asked in between otherwise.
        bounds.Replace(constructor, "assign", (original, self, arguments) =>
        {
            var target = arguments is [] ? JsValue.Undefined : arguments[0];
            var result = engine.Call(original, self, [target]);
            foreach (var source in arguments.Skip(1))
            {
                engine.Call(original, self, [result, source]);
                bounds.Check();
            }

            return result;
        });
        bounds.Replace(engine.Global, CodeText.Measure, (_, _, arguments) => bounds.Measured(BoundedText.At(arguments, 0)));
    }
}
