using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Acornima.Ast;
using Jint;
using Jint.Runtime;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>
/// Runs a JavaScript function from a model's answer and looks whether it does what was asked. The answer is hostile until shown
/// otherwise: it gets an interpreter of its own for each check, with nothing in it that reaches the host, limits on everything, and a
/// thread whose stack it cannot overflow; what it returns is read without running it.
/// </summary>
/// <remarks>
/// This is an interpreter within the process and no wall of the operating system: <c>docs/verification.md</c> says what is bounded, and
/// how that was tried.
/// </remarks>
public static partial class CodeSandbox
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs <paramref name="function"/> from <paramref name="answer"/> against each of <paramref name="checks"/> until one fails.</summary>
    /// <param name="answer">A model's answer: JavaScript, or text with JavaScript in fences.</param>
    /// <param name="function">The name of the function.</param>
    /// <param name="checks">What it has to do; at least one.</param>
    /// <param name="ct">Ends the run.</param>
    /// <returns>Whether all passed, with the first failure. Whatever the answer does is a failure of its checks, and never an exception.</returns>
    /// <exception cref="ArgumentException">The name is no identifier, or there is no check.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static CodeOutcome Run(string answer, string function, IReadOnlyList<CodeCheck> checks, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(checks);
        if (!Identifier().IsMatch(function))
        {
            throw new ArgumentException($"expected a JavaScript identifier as the function's name, found '{function}'", nameof(function));
        }

        if (checks.Count == 0)
        {
            throw new ArgumentException("expected at least one check, found none", nameof(checks));
        }

        ct.ThrowIfCancellationRequested();
        var outcome = CodeOutcome.Failed($"expected the code to end, found it running after {CodeLimits.Abandon.TotalSeconds} s");
        var thread = new Thread(() => outcome = Guarded(() => Judge(answer, function, checks, ct)), CodeLimits.Stack) { IsBackground = true, Name = "code" };
        thread.Start();
        _ = thread.Join(CodeLimits.Abandon);
        ct.ThrowIfCancellationRequested();
        return outcome;
    }

    private static CodeOutcome Judge(string answer, string function, IReadOnlyList<CodeCheck> checks, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var code = CodeText.Of(AnswerCode.Of(answer, function));
        for (var index = 0; index < checks.Count; index++)
        {
            var left = CodeLimits.All - Stopwatch.GetElapsedTime(started);
            var failure = left <= TimeSpan.Zero
                ? $"expected all checks to take at most {CodeLimits.All.TotalSeconds} s, found more"
                : Guarded(() => Check(code, function, checks[index], left < CodeLimits.Check ? left : CodeLimits.Check, ct)) is { IsPassed: false } failed ? failed.Detail : null;
            if (failure is not null)
            {
                return CodeOutcome.Failed($"check {index + 1} of {checks.Count}: {failure}");
            }
        }

        return new(true, $"{checks.Count} checks passed");
    }

    private static CodeOutcome Check(Prepared<Script> code, string function, CodeCheck check, TimeSpan time, CancellationToken ct)
    {
        using var engine = new CodeEngine();
        var found = engine.Call(code, function, [.. check.Arguments.Select(Json)], time, ResultReader.Read, ct);
        return JsonEquality.Same(found, check.Expected)
            ? new(true, string.Empty)
            : new(false, $"expected {Start(Json(check.Expected), 100)}, found {Start(Json(found), 100)}");
    }

    // On this thread nothing may be thrown on: it would end the process.
    private static CodeOutcome Guarded(Func<CodeOutcome> run)
    {
        try
        {
            return run();
        }
        catch (Exception exception)
        {
            return CodeOutcome.Failed(exception switch
            {
                CodeRefusedException refused => refused.Message,
                TimeoutException or RegexMatchTimeoutException => "expected a result in time, found none",
                MemoryLimitExceededException => "expected a result within the limits of memory, found none",
                StatementsCountOverflowException => $"expected a result within {CodeLimits.Statements} statements, found none",
                RecursionDepthOverflowException or InsufficientExecutionStackException => "expected a result without deep recursion, found none",
                JavaScriptException thrown => $"expected a result, found an error: {Start(thrown.Message, 150)}",
                ScriptPreparationException unreadable => $"expected JavaScript, found: {Start(unreadable.Message, 150)}",
                _ => $"expected a result, found {exception.GetType().Name}",
            });
        }
    }

    private static string Json(JsonNode? node) => node?.ToJsonString(Readable) ?? "null";

    private static string Start(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    [GeneratedRegex(@"^[A-Za-z_$][A-Za-z0-9_$]{0,63}\z")]
    private static partial Regex Identifier();
}
