using System.Runtime.CompilerServices;
using Jint;
using Jint.Native;
using Jint.Native.Error;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>
/// What bounded built-in functions are made with. A bounded function takes the original's place and cannot be replaced by code; the
/// original is kept nowhere that code could reach.
/// </summary>
internal sealed class Bounds(Engine engine)
{
    private const int Brief = 256;
    private readonly ErrorConstructor _rangeError = (ErrorConstructor)engine.Evaluate("RangeError");

    /// <summary>The engine that they belong to.</summary>
    public Engine Engine => engine;

    /// <summary>Puts a function under a key of an object; it gets the original, which is undefined where there was none.</summary>
    public void Replace(ObjectInstance owner, JsValue key, Func<JsValue, JsValue, JsValue[], JsValue> bounded)
    {
        var original = owner.GetOwnProperty(key).Value ?? JsValue.Undefined;
        var length = original is ObjectInstance function && function.GetOwnProperty("length").Value is JsNumber number ? (int)number.AsNumber() : 0;
        var name = key.IsSymbol() ? $"[{key}]" : key.ToString();
        owner.RemoveOwnProperty(key);
        owner.DefineOwnProperty(key, new PropertyDescriptor(
            new ClrFunction(engine, name, (self, arguments) => Run(() => bounded(original, self, arguments)), length, PropertyFlag.Configurable),
            PropertyFlag.AllForbidden));
    }

    /// <summary>A function for handing over; code can call it but finds it nowhere.</summary>
    public JsValue Function(Func<JsValue[], JsValue> function) => new ClrFunction(engine, string.Empty, (_, arguments) => Run(() => function(arguments)));

    /// <summary>Text of a value, as String(value) would give it, which may run the value's own toString.</summary>
    public string TextOf(JsValue value) => Short(TypeConverter.ToString(value));

    /// <summary>A text that is not too long.</summary>
    public string Short(string text, int most = CodeLimits.Text) => text.Length <= most ? text : throw TooLong(most);

    /// <summary>A value that is neither a long string nor a string object of one.</summary>
    public JsValue Measured(JsValue value)
    {
        var length = value switch
        {
            JsString text => text.Length,
            JsArray => 0,
            ObjectInstance instance when instance.GetOwnProperty("length") is { Configurable: false, Writable: false } own && own.Value is JsNumber number => number.AsNumber(),
            _ => 0,
        };
        return length <= CodeLimits.Text ? value : throw TooLong(CodeLimits.Text);
    }

    /// <summary>
    /// Puts the function that measures sums into the global object. One that is too long ends the run, since <c>+=</c> has stored it
    /// already; one that is not short is copied together, so that it costs memory now and not where many of them are read at once.
    /// </summary>
    public void Sum(string name) => engine.Global.DefineOwnProperty(name, new PropertyDescriptor(
        new ClrFunction(engine, name, (_, arguments) =>
        {
            var sum = arguments[0];
            if (sum is JsString { Length: > Brief } text)
            {
                _ = text.Length <= CodeLimits.Text ? text.ToString() : throw new CodeRefusedException($"expected strings of at most {CodeLimits.Text} characters, found a longer one");
            }

            return sum;
        }),
        PropertyFlag.AllForbidden));

    /// <summary>The error for a string that is too long, which code may catch.</summary>
    public JavaScriptException TooLong(int most) => Error($"expected a string of at most {most} characters in a built-in function, found a longer one");

    /// <summary>An error that code may catch.</summary>
    public JavaScriptException Error(string message) => new(_rangeError, message);

    /// <summary>Ends the run where a limit has been passed; for loops in which no statement of the code runs.</summary>
    public void Check() => engine.Constraints.Check();

    // Built-in functions call one another through the code's objects without any statement in between.
    private JsValue Run(Func<JsValue> function)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var result = function();
        if (result is JsString { Length: > Brief } text)
        {
            // Copied together, so that what it takes is counted here: by the check below.
            _ = text.Length <= CodeLimits.Text ? text.ToString() : throw TooLong(CodeLimits.Text);
        }

        Check();
        return result;
    }
}
