using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Runtime.Descriptors;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>The constructor of patterns: it takes short ones only, since each of their characters costs hundreds of bytes.</summary>
internal static class BoundedPatterns
{
    /// <summary>Puts a constructor into the place of the original, with the same prototype. <c>__sandboxPattern</c> measures.</summary>
    public const string Script = """
        (() => {
          const Original = RegExp, measure = __sandboxPattern, { prototype } = Original;
          const Bounded = function RegExp(pattern, flags) { return new Original(measure(pattern), flags === undefined ? flags : measure(flags)); };
          const lock = value => ({ value, writable: false, enumerable: false, configurable: false });
          Object.defineProperty(Bounded, 'prototype', lock(prototype));
          Object.defineProperty(Bounded, 'escape', lock(text => Original.escape(measure(text))));
          Object.defineProperty(Bounded, Symbol.species, { get() { return this; } });
          Object.defineProperty(prototype, 'constructor', lock(Bounded));
          Object.defineProperty(globalThis, 'RegExp', lock(Bounded));
        })();
        """;

    private const string Measure = "__sandboxPattern";

    public static void Install(Bounds bounds, Prepared<Script> script)
    {
        bounds.Engine.Global.DefineOwnProperty(Measure, new PropertyDescriptor(
            bounds.Function(arguments => BoundedText.At(arguments, 0) is { } value && (value is JsRegExp || value.IsUndefined())
                ? value
                : bounds.Short(bounds.TextOf(BoundedText.At(arguments, 0)), CodeLimits.Pattern)),
            PropertyFlag.Configurable));
        bounds.Engine.Execute(script);
        bounds.Engine.Global.RemoveOwnProperty(Measure);
    }
}
