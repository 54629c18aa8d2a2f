using System.Globalization;
using Acornima.Ast;
using Jint;
using Jint.Constraints;
using Jint.Native;
using Jint.Native.Json;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>An engine for one check: with limits, without anything that reaches out of it, and with built-in functions that are bounded.</summary>
internal sealed class CodeEngine : IDisposable
{
    private static readonly Prepared<Script> Patterns = Engine.PrepareScript(BoundedPatterns.Script, strict: true);
    private readonly OperationDeadlineConstraint _deadline = new();
    private readonly Engine _engine;

    public CodeEngine()
    {
        _engine = new(options =>
        {
            options.Strict = true;
            options.Culture = CultureInfo.InvariantCulture;
            options.TimeZone = TimeZoneInfo.Utc;
            options.AgentCanSuspend = false;
            options.Json.MaxParseDepth = CodeLimits.Levels;
            options.Interop.Enabled = false;
            options.Interop.AllowWrite = false;
            options.DisableStringCompilation();
            options.Constraint(_deadline);
            options.LimitMemory(CodeLimits.Memory);
            options.LimitRecursion(CodeLimits.Recursion);
            options.MaxStatements(CodeLimits.Statements);
            options.RegexTimeoutInterval(CodeLimits.Regex);
            options.Constraints.MaxArraySize = CodeLimits.Elements;
            options.Constraints.StackOverflowGuard = true;
        });
        var bounds = new Bounds(_engine);
        CodeSurface.Reduce(_engine);
        BoundedText.Install(bounds);
        BoundedArrays.Install(bounds);
        BoundedObjects.Install(bounds);
        BoundedJson.Install(bounds);
        BoundedPatterns.Install(bounds, Patterns);
        CodeSurface.AddConsoleAndModule(bounds);
    }

    /// <summary>Runs <paramref name="code"/>, calls <paramref name="function"/> of it, and gives what <paramref name="read"/> makes of the result.</summary>
    /// <param name="code">The code.</param>
    /// <param name="function">The name of the function, an identifier.</param>
    /// <param name="arguments">What it is called with, each as JSON.</param>
    /// <param name="time">How long all this may take.</param>
    /// <param name="read">Reads the result; the code does not run any more.</param>
    /// <param name="ct">Ends it.</param>
    public T Call<T>(Prepared<Script> code, string function, IReadOnlyList<string> arguments, TimeSpan time, Func<JsValue, T> read, CancellationToken ct)
    {
        _deadline.Begin(time, ct);
        try
        {
            // By value, and by the engine's own parser: the code cannot have replaced it.
            var values = arguments.Select(new JsonParser(_engine, CodeLimits.Levels).Parse).ToArray();
            _engine.Execute(code);
            var found = _engine.Evaluate(function);
            return found.IsCallable()
                ? read(_engine.Call(found, JsValue.Undefined, values))
                : throw new CodeRefusedException($"expected '{function}' to be a function, found something else");
        }
        finally
        {
            _deadline.End();
        }
    }

    public void Dispose() => _engine.Dispose();
}
