using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>
/// What code finds in its engine. What is not named here is taken away, so that a built-in that is new, or was not thought of, is not
/// there.
/// </summary>
/// <remarks>
/// Left out on purpose: everything that compiles or loads code, buffers and typed arrays (one call allocates gigabytes), BigInt (one
/// multiplication takes seconds), promises (nothing waits for them), Proxy and Reflect, Intl and Temporal, and the helpers of iterators
/// and the operations of sets, which never ask whether time is up.
/// </remarks>
internal static class CodeSurface
{
    private const string Errors = "length name prototype isError / constructor message name toString stack";

    // Own names of a global and, behind the slash, of its prototype.
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Infinity"] = "", ["NaN"] = "", ["undefined"] = "", ["globalThis"] = "",
        ["isFinite"] = "length name", ["isNaN"] = "length name", ["parseFloat"] = "length name", ["parseInt"] = "length name",
        ["encodeURIComponent"] = "length name", ["decodeURIComponent"] = "length name", ["encodeURI"] = "length name", ["decodeURI"] = "length name",
        ["Error"] = Errors, ["EvalError"] = Errors, ["RangeError"] = Errors, ["ReferenceError"] = Errors, ["SyntaxError"] = Errors, ["TypeError"] = Errors, ["URIError"] = Errors,
        ["Array"] = "length name prototype from isArray of / length constructor at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf join keys lastIndexOf map pop push reduce reduceRight reverse shift slice some sort splice toReversed toSorted toSpliced toString unshift values with",
        ["Boolean"] = "length name prototype / constructor toString valueOf",
        ["Date"] = "length name prototype UTC now parse / constructor getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTime getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setTime setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds toDateString toISOString toJSON toString toTimeString toUTCString valueOf",
        ["JSON"] = "parse stringify",
        ["Map"] = "length name prototype groupBy / constructor clear delete entries forEach get has keys set values size",
        ["Math"] = "E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log log10 log1p log2 max min pow random round sign sin sinh sqrt tan tanh trunc",
        ["Number"] = "length name prototype EPSILON MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY isFinite isInteger isNaN isSafeInteger parseFloat parseInt / constructor toExponential toFixed toPrecision toString valueOf",
        ["Object"] = "length name prototype assign create defineProperties defineProperty entries freeze fromEntries getOwnPropertyDescriptor getOwnPropertyNames getOwnPropertySymbols getPrototypeOf groupBy hasOwn is isExtensible isFrozen isSealed keys preventExtensions seal setPrototypeOf values / constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__",
        ["RegExp"] = "length name prototype escape / constructor exec test toString dotAll flags global hasIndices ignoreCase multiline source sticky unicode unicodeSets",
        ["Set"] = "length name prototype / constructor add clear delete entries forEach has values size keys",
        ["String"] = "length name prototype fromCharCode fromCodePoint / length constructor at charAt charCodeAt codePointAt concat endsWith includes indexOf isWellFormed lastIndexOf localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll search slice split startsWith substr substring toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase toWellFormed trim trimEnd trimStart valueOf trimLeft trimRight",
        ["Symbol"] = "length name prototype asyncIterator hasInstance isConcatSpreadable iterator match matchAll replace search species split toPrimitive toStringTag unscopables for keyFor / constructor toString valueOf description",
        ["WeakMap"] = "length name prototype / constructor delete get has set",
        ["WeakSet"] = "length name prototype / constructor add delete has",
    };

    /// <summary>Takes away what is not allowed.</summary>
    public static void Reduce(Engine engine)
    {
        // What syntax alone reaches: functions and iterators of all kinds.
        var function = Prototype(engine.Evaluate("Object.getPrototypeOf(function () {})"));
        var others = engine.Evaluate("""
            [function* () {}, async function () {}, async function* () {}].map(one => Object.getPrototypeOf(one))
            """).AsArray();
        var iterator = Prototype(engine.Evaluate("Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))"));
        var asyncIterator = Prototype(engine.Evaluate("Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype))"));
        Keep(function, "length name apply bind call toString");
        foreach (var other in others.Cast<JsValue>())
        {
            Keep(Prototype(other), "prototype");
        }

        Keep(iterator, string.Empty);
        Keep(Prototype(asyncIterator), string.Empty);
        foreach (var key in engine.Global.GetOwnPropertyKeys(Types.String | Types.Symbol))
        {
            if (!key.IsString() || !Allowed.TryGetValue(key.ToString(), out var names))
            {
                engine.Global.RemoveOwnProperty(key);
            }
            else if (names.Length > 0 && engine.Global.Get(key) is ObjectInstance instance)
            {
                var sides = names.Split(" / ");
                var prototype = instance.GetOwnProperty("prototype").Value as ObjectInstance;
                Keep(instance, sides[0]);
                if (prototype is not null)
                {
                    Keep(prototype, sides.ElementAtOrDefault(1) ?? string.Empty);
                }
            }
        }
    }

    /// <summary>What answers often end with: printing an example, and exporting as Node.js does. Both do nothing.</summary>
    public static void AddConsoleAndModule(Bounds bounds)
    {
        var console = new JsObject(bounds.Engine);
        foreach (var name in new[] { "log", "info", "warn", "error", "debug", "table", "assert" })
        {
            console.Set(name, bounds.Function(_ => JsValue.Undefined));
        }

        var module = new JsObject(bounds.Engine);
        var exports = new JsObject(bounds.Engine);
        module.Set("exports", exports);
        Add(bounds, "console", console);
        Add(bounds, "module", module);
        Add(bounds, "exports", exports);
    }

    private static void Add(Bounds bounds, string name, JsValue value) =>
        bounds.Engine.Global.DefineOwnProperty(name, new PropertyDescriptor(value, PropertyFlag.NonEnumerable));

    private static ObjectInstance Prototype(JsValue value) => value.AsObject();

    // Symbols stay: they are what syntax and built-ins work by.
    private static void Keep(ObjectInstance owner, string names)
    {
        var kept = names.Split(' ').ToHashSet(StringComparer.Ordinal);
        foreach (var key in owner.GetOwnPropertyKeys(Types.String))
        {
            if (!kept.Contains(key.ToString()))
            {
                owner.RemoveOwnProperty(key);
            }
        }
    }
}
