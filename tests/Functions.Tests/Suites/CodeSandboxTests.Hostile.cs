using System.Text.Json.Nodes;
using CsCheck;
using Orchestrator.Functions.Suites.Code;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>Code that means harm does nothing but fail its case: within little memory, within its time, and without reaching the host.</summary>
public sealed class HostileCodeTests
{
    // All that the process allocates meanwhile, other tests' share included. What was taken away takes gigabytes in one call.
    private const long Most = 1024L * 1024 * 1024;
    private const string Native = "const it = { done: false, value: 1 }; it.next = it[Symbol.iterator] = Object.prototype.valueOf; ";
    private const string Long = "let s = 'xxxxxxxxxx'; while (s.length < 8000) s = s + s; const a = Array(50000).fill(s); ";

    public static TheoryData<string, string> Snippets => new()
    {
        { "loop", "for (;;);" },
        { "loop by the clock", "const end = Date.now() + 1e9; while (Date.now() < end);" },
        { "recursion", "return f();" },
        { "recursion in finally", "try { f(); } finally { f(); }" },
        { "recursion of a getter", "const o = { get a() { return o.a; } }; return o.a;" },
        { "recursion of toString", "const o = { toString() { return o + ''; } }; return o + '';" },
        { "recursion of a comparator", "return [2, 1].sort(function g() { return [2, 1].sort(g); });" },
        { "recursion of a replacement", "return 'a'.replace(/a/g, function g() { return 'a'.replace(/a/g, g); });" },
        { "buffer", "return new ArrayBuffer(2e9);" },
        { "typed array", "return new Uint8Array(2e9).length;" },
        { "BigInt", "let x = 3n; for (let i = 0; i < 40; i++) x = x * x; return 1;" },
        { "BigInt by name", "return BigInt(2) ** BigInt(1e9);" },
        { "concatenation that doubles", "let s = 'x'; for (;;) s += s;" },
        { "concatenation whose error is caught", "let s = 'x'; try { for (;;) s += s; } catch { } return s.length;" },
        { "repeat", "return 'x'.repeat(1e9).length;" },
        { "repeat within the language's limit", "return 'x'.repeat(5e8).length;" },
        { "padStart", "return 'x'.padStart(5e8).length;" },
        { "join of nothing", "return new Array(1e5).join('x'.repeat(1e4)).length;" },
        { "join of one long text", Long + "return a.join('').length;" },
        { "replaceAll", "return 'ab'.repeat(8000).replaceAll('a', 'x'.repeat(16000)).length;" },
        { "replace by what is before", "return 'ab'.repeat(8000).replace(/a/g, '$`').length;" },
        { "template", Long + "return `${s}${s}${s}${s}${s}${s}${s}${s}${s}`.length;" },
        { "spread of a string", Long + "let n = 0; for (;;) n += Object.keys({ ...s, ...s, ...s }).length;" },
        { "enumeration of a string", Long + "for (;;) for (const k in s) break;" },
        { "stringify of one long text", Long + "return JSON.stringify(a).length;" },
        { "stringify of what refers to itself twice", "let o = {}; for (let i = 0; i < 30; i++) o = { a: o, b: o }; return JSON.stringify(o).length;" },
        { "sort of many long texts", Long + "return a.map((x, i) => x.slice(i % 100)).sort()[0].length;" },
        { "keys of many long texts", Long + "return a.map(Object.entries).length;" },
        { "tags that are long", Long + "const o = { [Symbol.toStringTag]: s }; return Array(50000).fill(o).map(String).length;" },
        { "symbols that are long", Long + "return a.map(Symbol.prototype.toString, Symbol(s)).length;" },
        { "array without end", "const a = []; for (;;) a.push(1);" },
        { "fill", "return new Array(4e9).fill(0).length;" },
        { "fill of what looks like an array", "return Array.prototype.fill.call({ length: 1e9 }, 1);" },
        { "from", "return Array.from({ length: 1e9 }).length;" },
        { "flat", "let a = []; for (let i = 0; i < 30; i++) a = [a, a]; return a.flat(Infinity).length;" },
        { "flatMap", "const a = Array(1e5).fill(1); return a.flatMap(() => a).length;" },
        { "concat", "let a = [1]; for (;;) a = a.concat(a);" },
        { "split", "return 'x'.repeat(16000).split('').map(() => 'x'.repeat(16000).split('')).length;" },
        { "spread of arrays", "let a = [1]; for (;;) a = [...a, ...a];" },
        { "arguments", "return Math.max.apply(null, { length: 1e9 });" },
        { "map that grows", "const m = new Map(); for (let i = 0; ; i++) m.set(i, i);" },
        { "set that grows", "const m = new Set(); for (let i = 0; ; i++) m.add(i);" },
        { "properties without end", "const o = {}; for (let i = 0; ; i++) o['k' + i] = i;" },
        { "assign of many", "const o = {}; for (let i = 0; i < 9000; i++) o['k' + i] = i; return Object.assign({}, ...Array(9000).fill(o));" },
        { "generator", "function* g() { for (;;) yield 1; } return [...g()].length;" },
        { "native iterator into a set", Native + "return new Set(it).size;" },
        { "native iterator into an array", Native + "return [...it].length;" },
        { "native iterator and its helpers", Native + "return Object.getPrototypeOf(Object.getPrototypeOf([].values())).forEach.call(it, Math.abs);" },
        { "native iterator and union", Native + "return new Set([1]).union({ size: 1, has: isNaN, keys() { return it; } });" },
        { "native iterator and sum", Native + "return Math.sumPrecise(it);" },
        { "species", "class A extends Array { static get [Symbol.species]() { return function (n) { for (;;); }; } } return A.from([1]).map(x => x);" },
        { "proxy", "return new Proxy({}, { get() { for (;;); } }).x;" },
        { "tagged template", "const t = (...v) => t`${v}${v}`; return t`x`;" },
        { "promise", "return new Promise(() => {});" },
        { "jobs without end", "(function g() { Promise.resolve().then(g); })(); return 1;" },
        { "async", "(async () => { for (;;) await 0; })(); return 1;" },
        { "pattern that backtracks", "return /(a+)+b/.test('a'.repeat(50));" },
        { "pattern that is long", "return new RegExp('('.repeat(8000) + ')'.repeat(8000)).test('x');" },
        { "pattern in a string", "return 'x'.match('(a)'.repeat(5000));" },
        { "deep JSON", "return JSON.parse('['.repeat(16000));" },
        { "deep array", "let a = []; for (let i = 0; i < 50000; i++) a = [a]; return a;" },
        { "deep array as text", "let a = []; for (let i = 0; i < 50000; i++) a = [a]; return a.toString();" },
        { "deep object as JSON", "let a = {}; for (let i = 0; i < 50000; i++) a = { a }; return JSON.stringify(a);" },
        { "cyclic result", "const o = {}; o.a = [o]; return o;" },
        { "huge result", "return Array.from({ length: 1000 }, () => Array(100).fill('xx'));" },
        { "array that says it is huge", "const a = []; a.length = 4294967295; return a;" },
        { "string object", Long + "return new String(s);" },
        { "getter in the result", "return { get a() { for (;;); } };" },
        { "toJSON in the result", "return { toJSON() { return 'never'; } };" },
        { "toString in the result", "return { toString() { return 'never'; }, valueOf() { return 'never'; } };" },
        { "forged JSON", "JSON.stringify = () => '\"never\"'; return 1;" },
        { "forged prototypes", "Object.prototype.toJSON = Array.prototype.toJSON = () => 'never'; Object.prototype.valueOf = () => 'never'; return ['x'];" },
        { "forged elements", "Object.defineProperty(Object.prototype, '0', { get() { return 'never'; } }); return [,];" },
        { "huge error", "throw new Error('x'.repeat(16000));" },
        { "error with a getter", "throw { get message() { for (;;); } };" },
        { "error that is none", "throw null;" },
        { "function as a result", "return f;" },
        { "symbol as a result", "return Symbol('never');" },
        { "System", "return System.IO.File.ReadAllText('/etc/hostname');" },
        { "importNamespace", "return importNamespace('System.IO').File.ReadAllText('/etc/hostname');" },
        { "require", "return require('fs').readFileSync('/etc/hostname', 'utf8');" },
        { "process", "return process.env;" },
        { "import", "import('fs'); return 1;" },
        { "fetch", "return fetch('http://localhost');" },
        { "eval", "return eval('\"never\"');" },
        { "Function", "return globalThis.constructor.constructor('return \"never\"')();" },
        { "Function by a function", "return (() => {}).constructor('return \"never\"')();" },
        { "Function by a generator", "return (function* () {}).constructor('yield \"never\"')().next().value;" },
        { "type of an argument", "return [].constructor.GetType().Assembly.FullName;" },
        { "the sandbox's own functions", "return __sandboxMeasure.constructor;" },
    };

    public static TheoryData<string, string> Sources => new()
    {
        { "parentheses", "function f() { return " + new string('(', 30000) },
        { "arrays", "function f() { return " + new string('[', 20000) + new string(']', 20000) + " }" },
        { "blocks", "function f() { " + new string('{', 30000) + new string('}', 30000) + " }" },
        { "signs", "function f() { return " + new string('!', 50000) + "1 }" },
        { "sums", "function f() { return " + string.Concat(Enumerable.Repeat("1+", 30000)) + "1 }" },
        { "members", "function f() { return x" + string.Concat(Enumerable.Repeat(".a", 30000)) + " }" },
        { "functions", "function f() { return " + string.Concat(Enumerable.Repeat("a=>", 15000)) + "1 }" },
        { "conditions", "function f() { " + string.Concat(Enumerable.Repeat("if(1)", 12000)) + "; }" },
        { "patterns", "function f() { return /" + new string('(', 30000) + new string(')', 30000) + "/.test('') }" },
        { "too long", "function f() { return '" + new string('x', 70000) + "' }" },
    };

    [Theory]
    [MemberData(nameof(Snippets))]
    public void It_only_fails(string name, string body) => Fails($"function f() {{ {body} }}").ShouldNotBeNullOrEmpty(name);

    [Theory]
    [MemberData(nameof(Sources))]
    public void Source_that_is_deep_or_long_only_fails(string name, string source) => Fails(source).ShouldNotBeNullOrEmpty(name);

    [Fact]
    public void Whatever_hostile_pieces_are_put_together_the_sandbox_answers()
    {
        var pieces = Snippets.Select(row => row.Data.Item2.Replace("return ", "x = ", StringComparison.Ordinal)).ToArray();
        string[] frames = ["try { {0} } catch (e) { {1} } return x;", "{ {0} } { {1} } return x;", "for (const i of [1, 2]) { {1} } { {0} }", "const o = { get a() { {0} } }; { {1} } return o.a;"];
        Gen.Select(Gen.Int[0, pieces.Length - 1], Gen.Int[0, pieces.Length - 1], Gen.Int[0, frames.Length - 1]).Sample((one, other, frame) =>
        {
            var body = frames[frame].Replace("{0}", pieces[one], StringComparison.Ordinal).Replace("{1}", pieces[other], StringComparison.Ordinal);
            Fails($"function f() {{ let x; {body} }}");
        }, iter: 40, threads: 1);
    }

    private static string Fails(string answer)
    {
        var before = GC.GetTotalAllocatedBytes();
        var outcome = CodeSandbox.Run(answer, "f", [new([], JsonValue.Create("never"))], default);

        outcome.IsPassed.ShouldBeFalse(outcome.Detail);
        outcome.Detail.Length.ShouldBeInRange(1, 300);
        outcome.Detail.ShouldNotContain("   at ", customMessage: "a stack trace is for nobody");
        outcome.Detail.ShouldNotContain("running after");
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(Most);
        return outcome.Detail;
    }
}
