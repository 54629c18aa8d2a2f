using System.Text.Json.Nodes;
using Orchestrator.Functions.Suites.Code;

namespace Orchestrator.Functions.Tests.Suites;

public sealed class CodeSandboxTests
{
    private static readonly CodeCheck[] SumsOfEven =
    [
        new([new JsonArray(1, 2, 4)], 6),
        new([new JsonArray()], 0),
    ];

    [Theory]
    [InlineData("function f(a) { let s = 0; for (const x of a) if (x % 2 === 0) s += x; return s; }")]
    [InlineData("const f = a => a.filter(x => x % 2 === 0).reduce((s, x) => s + x, 0);")]
    [InlineData("Here it is:\n```javascript\nexport function f(a) {\n  return a.reduce((s, x) => x % 2 ? s : s + x, 0)\n}\n```\nUse it so:\n```js\nconsole.log(f([1, 2]))\n```")]
    [InlineData("```\nconst f = (a) => { let s = 0; a.forEach(x => { if (!(x & 1)) s += x; }); return s; };\nmodule.exports = { f };\nexport { f };\n```")]
    [InlineData("A draft:\n```js\nfunction f(a) { return 1 }\n```\nBetter:\n```js\nfunction f(a) { return a.filter(x => !(x % 2)).reduce((s, x) => s + x, 0) }\n```")]
    [InlineData("```js\nexport default function f(a) { const even = new Set(a.filter(x => x % 2 === 0)); return [...even].reduce((s, x) => s + x, 0) }")]
    public void Correct_code_passes_whatever_its_shape(string answer)
    {
        var outcome = CodeSandbox.Run(answer, "f", SumsOfEven, default);

        outcome.Detail.ShouldBe("2 checks passed");
        outcome.IsPassed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("const f = a => a.length;", "check 1 of 2: expected 6, found 3")]
    [InlineData("const f = a => a.length ? 6 : '0';", "check 2 of 2: expected 0, found \"0\"")]
    [InlineData("const f = a => { throw new Error('not done'); };", "check 1 of 2: expected a result, found an error: not done")]
    [InlineData("const f = a => {};", "check 1 of 2: expected a JSON value, found undefined")]
    [InlineData("const g = a => 6;", "expected code that defines the function 'f', found none")]
    [InlineData("I would rather not.", "expected code that defines the function 'f', found none")]
    public void Wrong_code_fails_with_the_first_check_that_did_not_pass(string answer, string detail) =>
        CodeSandbox.Run(answer, "f", SumsOfEven, default).ShouldBe(new(false, detail));

    [Theory]
    [InlineData("0.1 + 0.2", "0.3", true)]
    [InlineData("1.0001", "1", false)]
    [InlineData("[1, 2]", "[2, 1]", false)]
    [InlineData("({ b: [1], a: null })", """{"a":null,"b":[1]}""", true)]
    [InlineData("({ a: 1, b: undefined })", """{"a":1}""", true)]
    [InlineData("({ a: 1 })", """{"a":1,"b":2}""", false)]
    [InlineData("[, undefined]", "[null,null]", true)]
    [InlineData("true", "1", false)]
    [InlineData("'a\\u00e9$&'.replace('a', '$$&-$&')", "\"$&-aé$&\"", true)]
    [InlineData("'John Smith'.replace(/(?<a>\\w+) (\\w+)/, '$2 $<a>')", "\"Smith John\"", true)]
    [InlineData("JSON.stringify({ a: [1, undefined, 'x\\n'], d: new Date(0) }, null, 1)", "\"{\\n \\\"a\\\": [\\n  1,\\n  null,\\n  \\\"x\\\\n\\\"\\n ],\\n \\\"d\\\": \\\"1970-01-01T00:00:00.000Z\\\"\\n}\"", true)]
    [InlineData("[[1, [2]], [], [[3]]].flat(Infinity).join('-') + `${[1, 2]}`", "\"1-2-31,2\"", true)]
    [InlineData("new RegExp('a+', 'g')[Symbol.replace]('baa', 'x')", "\"bx\"", true)]
    [InlineData("(({ a, ...rest }) => rest)", "null", false)]
    [InlineData("(() => { const { a, ...rest } = { a: 1, b: 2 }; return { ...rest, c: 3 }; })()", """{"b":2,"c":3}""", true)]
    public void Results_are_compared_as_JSON(string expression, string expected, bool isPassed) =>
        CodeSandbox.Run($"function f() {{ return {expression}; }}", "f", [new([], JsonNode.Parse(expected))], default).IsPassed.ShouldBe(isPassed);

    [Fact]
    public void A_check_cannot_prepare_the_next_nor_change_its_arguments()
    {
        var argument = new JsonArray(1);
        var checks = new CodeCheck[] { new([argument], 1), new([argument], 1) };

        CodeSandbox.Run("let calls = 0; function f(a) { a.push(2); globalThis.seen = (globalThis.seen || 0) + 1; return ++calls; }", "f", checks, default).IsPassed.ShouldBeTrue();
        argument.Count.ShouldBe(1);
    }

    [Fact]
    public void A_name_that_is_none_and_no_checks_are_mistakes_of_the_caller()
    {
        Should.Throw<ArgumentException>(() => CodeSandbox.Run("x", "f()", SumsOfEven, default));
        Should.Throw<ArgumentException>(() => CodeSandbox.Run("x", "f", [], default));
    }

    [Fact]
    public void It_ends_when_it_is_cancelled() =>
        Should.Throw<OperationCanceledException>(() => CodeSandbox.Run("function f() { for (;;); }", "f", SumsOfEven, new(canceled: true)));
}
