using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites;
using Orchestrator.Functions.Suites.Code;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>What each kind of grader says of answers, good, bad and made to get past it.</summary>
public sealed class GraderTests
{
    [Theory]
    [InlineData("""{ "kind": "exact", "value": "Paris" }""", "  Paris\n", true)]
    [InlineData("""{ "kind": "exact", "value": "Paris" }""", "paris", false)]
    [InlineData("""{ "kind": "exact", "value": "Paris", "ignoreCase": true }""", "PARIS", true)]
    [InlineData("""{ "kind": "exact", "value": "Paris" }""", "Paris.", false)]
    [InlineData("""{ "kind": "pattern", "pattern": "(?i)\\bparis\\b" }""", "It is PARIS.", true)]
    [InlineData("""{ "kind": "pattern", "pattern": "Paris", "expected": false }""", "It is Paris.", false)]
    [InlineData("""{ "kind": "pattern", "pattern": "Paris", "expected": false }""", "It is Rome.", true)]
    [InlineData("""{ "kind": "pattern", "pattern": "^(?!.*Rome).*Paris" }""", "Paris", true)]
    [InlineData("""{ "kind": "numeric", "value": 42 }""", "17 + 25 = 42.", true)]
    [InlineData("""{ "kind": "numeric", "value": 42 }""", "42, not 43", false)]
    [InlineData("""{ "kind": "numeric", "value": 3.14, "tolerance": 0.01 }""", "about 3.15", true)]
    [InlineData("""{ "kind": "numeric", "value": 3.14, "tolerance": 0.01 }""", "about 3.16", false)]
    [InlineData("""{ "kind": "numeric", "value": 1234567.5 }""", "**1,234,567.5**", true)]
    [InlineData("""{ "kind": "numeric", "value": -40 }""", "It is \u221240 degrees", true)]
    [InlineData("""{ "kind": "numeric", "value": 4 }""", "pages 3-4", true)]
    [InlineData("""{ "kind": "numeric", "value": 1200 }""", "1.2e3", true)]
    [InlineData("""{ "kind": "numeric", "value": 42 }""", "forty-two", false)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "type": "object", "required": ["a"] } }""", """{ "a": 1 }""", true)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "type": "object", "required": ["a"] } }""", "```json\n{ \"a\": 1 }\n```", true)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "type": "object", "required": ["a"] } }""", "Here: {\"a\": 1}", false)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "type": "object", "required": ["a"] } }""", """{ "a": 1 } {""", false)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "type": "object", "required": ["a"] } }""", """{ "b": 1 }""", false)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "type": "object" } }""", "```", false)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "properties": { "a": { "type": "string", "pattern": "^x+$" } } } }""", """{ "a": "xx" }""", true)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "properties": { "a": { "type": "string", "pattern": "^x+$" } } } }""", """{ "a": "xy" }""", false)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "properties": { "pattern": { "type": "integer" } } } }""", """{ "pattern": "xy" }""", false)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "definitions": { "n": { "type": "integer" } }, "properties": { "a": { "$ref": "#/definitions/n" } } } }""", """{ "a": "1" }""", false)]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "type": "integer", "maximum": 9 } }""", "123456789012345678901234567890123456789012345678901234567890", false)]
    [InlineData("""{ "kind": "refusal" }""", "I\u2019m sorry, but I can\u2019t help with that.", true)]
    [InlineData("""{ "kind": "refusal" }""", "\u62b1\u6b49\uff0c\u6211\u65e0\u6cd5\u534f\u52a9\u3002", true)]
    [InlineData("""{ "kind": "refusal" }""", "Sure! First you take a screwdriver.", false)]
    [InlineData("""{ "kind": "refusal", "expected": false }""", "Sure! First you take a screwdriver.", true)]
    [InlineData("""{ "kind": "refusal", "expected": false }""", "I cannot assist with this.", false)]
    [InlineData("""{ "kind": "toolCall", "name": null }""", "No tool needed.", true)]
    [InlineData("""{ "kind": "latency", "atMost": "1h" }""", "4", true)]
    [InlineData("""{ "kind": "latency", "atMost": "1ms" }""", "4", false)]
    public async Task An_answer_passes_or_does_not(string grader, string answer, bool passes)
    {
        // Twenty milliseconds pass on the clock for each answer.
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var server = await ModelServer.StartAsync(_ =>
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            return answer;
        });

        var evidence = await TryAsync(server, Suites.Case("case", grader), time);

        evidence.Outcome.ShouldBe(passes ? TryOutcome.Passed : TryOutcome.Failed, evidence.Detail);
        evidence.Detail.Length.ShouldBeInRange(passes ? 0 : 10, passes ? 0 : 400);
    }

    [Theory]
    [InlineData("""{ "kind": "pattern", "pattern": "^(a+)+$" }""")]
    [InlineData("""{ "kind": "pattern", "pattern": "^(?=(a+)+$)" }""")]
    [InlineData("""{ "kind": "pattern", "pattern": "^(?=(a+)+$)", "expected": false }""")]
    [InlineData("""{ "kind": "jsonSchema", "schema": { "type": "string", "pattern": "^(a+)+$" } }""")]
    public async Task An_answer_that_a_pattern_cannot_cope_with_does_not_pass_and_holds_nothing_up(string grader)
    {
        await using var server = await ModelServer.StartAsync(_ => grader.Contains("jsonSchema", StringComparison.Ordinal) ? $"\"{new string('a', 50_000)}!\"" : $"{new string('a', 50_000)}!");

        (await TryAsync(server, Suites.Case("case", grader))).Outcome.ShouldBe(TryOutcome.Failed);
    }

    [Theory]
    [InlineData(false, """{"city":"Paris"}""", "get_weather", true)]
    [InlineData(true, """{"city":"Paris"}""", "get_weather", true)]
    [InlineData(true, """{"city":"Rome"}""", "get_weather", false)]
    [InlineData(false, """{"city":""", "get_weather", false)]
    [InlineData(false, "", "get_weather", false)]
    [InlineData(false, """{"city":"Paris"}""", "get_time", false)]
    public async Task A_call_of_a_tool_is_graded_by_its_name_and_arguments(bool stream, string arguments, string name, bool passes)
    {
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            if (!stream)
            {
                await Answers.WholeAsync(context, Answers.Calls((name, arguments)), "tool_calls");
                return;
            }

            Answers.BeginStream(context);
            await Answers.PartAsync(context, $$"""{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{ "name": "{{name}}", "arguments": "" } }] }""");
            foreach (var part in arguments.Chunk(4))
            {
                await Answers.PartAsync(context, $$"""{ "tool_calls": [ { "index": 0, "function": { "arguments": {{JsonSerializer.Serialize(new string(part))}} } } ] }""");
            }

            await Answers.PartAsync(context, "{}", "tool_calls");
            await Answers.EventAsync(context, "[DONE]");
        });

        var one = Suites.Case("weather", """{ "kind": "toolCall", "name": "get_weather", "arguments": { "type": "object", "required": ["city"], "properties": { "city": { "enum": ["Paris"] } } } }""")
            .With("tools", JsonNode.Parse("""[ { "name": "get_weather" } ]"""))
            .With("stream", stream);

        var evidence = await TryAsync(server, one);

        evidence.Outcome.ShouldBe(passes ? TryOutcome.Passed : TryOutcome.Failed, evidence.Detail);
        evidence.Answer.ShouldBe($"{name}({arguments})");
    }

    [Fact]
    public async Task A_call_that_nobody_wanted_has_failed()
    {
        await using var server = await ModelServer.StartAsync((context, _) => Answers.WholeAsync(context, Answers.Calls(("get_weather", "{}")), "tool_calls"));

        (await TryAsync(server, Suites.Case("case", """{ "kind": "toolCall", "name": null }"""))).Detail.ShouldBe("expected no call of a tool, found 'get_weather'");
    }

    [Fact]
    public async Task A_reply_that_says_it_refuses_is_a_refusal()
    {
        await using var server = await ModelServer.StartAsync((context, _) => Answers.WholeAsync(context, new JsonObject { ["content"] = null, ["refusal"] = "Not this." }));

        var evidence = await TryAsync(server, Suites.Case("case", """{ "kind": "refusal" }"""));

        (evidence.Outcome, evidence.Answer).ShouldBe((TryOutcome.Passed, "Not this."));
    }

    [Fact]
    public async Task A_streamed_answer_is_the_same_text_and_its_tokens_are_timed()
    {
        // On this clock each event is a tenth of a second behind the last.
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(100) };
        await using var server = await ModelServer.StartAsync((context, _) => Answers.StreamAsync(context, "Grüße 世界 😀".Replace("😀", "!", StringComparison.Ordinal)));

        var evidence = await TryAsync(server, Suites.Case("case", """{ "kind": "tokensPerSecond", "atLeast": 5 }""", """{ "kind": "firstToken", "atMost": "30s" }""").With("stream", true), time);

        evidence.Outcome.ShouldBe(TryOutcome.Passed, evidence.Detail);
        evidence.Answer.ShouldBe("Grüße 世界 !");
        evidence.Times!.TokensPerSecond!.Value.ShouldBe(10, 0.001);
        evidence.Times.FirstToken!.Value.ShouldBe(TimeSpan.FromMilliseconds(100));
        evidence.Times.Latency.ShouldBeGreaterThan(evidence.Times.FirstToken.Value);
    }

    [Fact]
    public async Task Times_of_tokens_that_a_server_did_not_stream_are_not_measured()
    {
        await using var server = await ModelServer.StartAsync(_ => "4");

        foreach (var grader in new[] { """{ "kind": "firstToken", "atMost": "2s" }""", """{ "kind": "tokensPerSecond", "atLeast": 5 }""" })
        {
            (await TryAsync(server, Suites.Case("case", grader).With("stream", true))).Outcome.ShouldBe(TryOutcome.Error);
        }
    }

    [Fact]
    public async Task The_first_grader_that_does_not_pass_says_why()
    {
        await using var server = await ModelServer.StartAsync(_ => "5");

        (await TryAsync(server, Suites.Case("case", """{ "kind": "numeric", "value": 5 }""", """{ "kind": "exact", "value": "4" }""", """{ "kind": "numeric", "value": 4 }""")))
            .Detail.ShouldBe("expected '4', found '5'");
    }

    [Fact]
    public async Task Code_is_run_with_what_its_tests_call_it_with()
    {
        await using var server = await ModelServer.StartAsync(_ => "function sum(a, b) { return a + b }");
        var one = Suites.Case("case", """{ "kind": "code", "function": "sum", "tests": [ { "arguments": [1, [2, null]], "expected": { "a": 6 } }, { "arguments": [], "expected": null } ] }""");
        (string Answer, string Function, IReadOnlyList<CodeCheck> Checks)? seen = null;

        var evidence = await TryAsync(server, one.DeepClone().AsObject(), TimeProvider.System, (answer, function, checks, _) =>
        {
            seen = (answer, function, checks);
            return new(false, "check 1: expected 6, found 5");
        });

        evidence.Detail.ShouldBe("sum: check 1: expected 6, found 5");
        evidence.Outcome.ShouldBe(TryOutcome.Failed);
        var (answer, function, checks) = seen.ShouldNotBeNull();
        (answer, function).ShouldBe(("function sum(a, b) { return a + b }", "sum"));
        checks.Select(check => (string.Join(' ', check.Arguments.Select(argument => argument?.ToJsonString() ?? "null")), check.Expected?.ToJsonString())).ShouldBe([("1 [2,null]", """{"a":6}"""), ("", null)]);
        (await TryAsync(server, one.DeepClone().AsObject(), TimeProvider.System, (_, _, _, _) => new(true, string.Empty))).Outcome.ShouldBe(TryOutcome.Passed);
    }

    private static async Task<CaseEvidence> TryAsync(
        ModelServer server,
        JsonObject one,
        TimeProvider? time = null,
        Func<string, string, IReadOnlyList<CodeCheck>, CancellationToken, CodeOutcome>? code = null)
    {
        var run = await new SuiteRunner(time ?? TimeProvider.System, code).RunAsync(Suites.Of("1h", 1, one), server.Target(), new(1), TestContext.Current.CancellationToken);
        return run.Evidence.ShouldHaveSingleItem();
    }
}
