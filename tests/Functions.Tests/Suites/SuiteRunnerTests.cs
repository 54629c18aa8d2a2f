using System.Text.Json.Nodes;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>What the runner sends, and what it makes of what comes back.</summary>
public sealed class SuiteRunnerTests
{
    private const string Four = """{ "kind": "exact", "value": "4" }""";
    private static readonly SuiteRunner Runner = new(TimeProvider.System);

    [Fact]
    public async Task A_case_is_asked_as_it_says_with_a_seed_for_each_try()
    {
        await using var server = await ModelServer.StartAsync(_ => "4");
        var suite = Suites.Of("60s", 2, Suites.Case("sum", Four)
            .With("messages", JsonNode.Parse("""[ { "role": "system", "content": "Be brief." }, { "role": "user", "content": "2 + 2?" } ]"""))
            .With("parameters", JsonNode.Parse("""{ "temperature": 0.5, "topP": 0.9, "maxTokens": 64 }"""))
            .With("responseFormat", "jsonObject")
            .With("tools", JsonNode.Parse("""[ { "name": "add", "description": "Adds.", "parameters": { "type": "object" } } ]"""))
            .With("toolChoice", "none"));

        var run = await RunAsync(suite, server.Target("secret", ("x-candidate", "blue")));

        var sent = server.Requests.OrderBy(request => request["seed"]!.GetValue<int>()).ToArray();
        sent.Select(request => request["seed"]!.GetValue<int>()).ShouldBe([8, 9]);
        sent[0].Remove("seed");
        JsonNode.DeepEquals(sent[0], JsonNode.Parse("""
            {
              "model": "small", "messages": [ { "role": "system", "content": "Be brief." }, { "role": "user", "content": "2 + 2?" } ],
              "temperature": 0.5, "top_p": 0.9, "max_completion_tokens": 64, "response_format": { "type": "json_object" },
              "tools": [ { "type": "function", "function": { "name": "add", "description": "Adds.", "parameters": { "type": "object" } } } ], "tool_choice": "none"
            }
            """)).ShouldBeTrue(sent[0].ToJsonString());
        server.Headers.ShouldAllBe(headers => headers["Authorization"] == "Bearer secret" && headers["x-candidate"] == "blue");
        run.Evidence.Select(one => (one.Case, one.Try, one.Seed, one.Outcome, one.Answer, one.AnsweredBy)).ShouldBe([("sum", 1, 8, TryOutcome.Passed, "4", "small-2026-01-01"), ("sum", 2, 9, TryOutcome.Passed, "4", "small-2026-01-01")]);
    }

    [Fact]
    public async Task What_a_case_does_not_say_is_not_sent_and_no_token_where_there_is_none()
    {
        await using var server = await ModelServer.StartAsync(_ => "4");

        await RunAsync(Suites.Of(Suites.Case("sum", Four)), server.Target());

        server.Requests.ShouldHaveSingleItem().Select(property => property.Key).ShouldBe(["model", "messages", "seed"], ignoreOrder: true);
        server.Headers.ShouldHaveSingleItem().ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Scores_count_what_passed_and_failed_and_could_not_be_measured()
    {
        await using var server = await ModelServer.StartAsync((context, request) => request.Question() switch
        {
            "right" => Answers.WholeAsync(context, " 4\n"),
            "wrong" => Answers.WholeAsync(context, "5"),
            _ => Answers.JsonAsync(context, 401, """{"error":{"message":"Incorrect API key provided: secret","code":"invalid_api_key"}}"""),
        });
        var suite = Suites.Of("60s", 2, Suites.Case("right", Four), Suites.Case("wrong", Four), Suites.Case("locked", Four), Suites.Case("odd", Four).With("quarantined", "being looked at"));

        var run = await RunAsync(suite, server.Target("secret"));

        run.Scores.Suite.ShouldBe("test");
        run.Scores.Digest.ShouldBe(suite.Digest);
        run.Scores.Cases.Select(score => (score.Id, score.Passed, score.Tries, score.Errors, score.IsQuarantined)).ShouldBe([("right", 2, 2, 0, false), ("wrong", 0, 2, 0, false), ("locked", 0, 0, 2, false), ("odd", 0, 0, 2, true)]);
        run.Scores.Counting().Count().ShouldBe(3);
        run.Scores.Cases[0].LatencyMs.ShouldNotBeNull();
        run.Scores.Cases[2].LatencyMs.ShouldBeNull();
        run.Evidence[2].Detail.ShouldBe("expected '4', found '5'");
        run.Evidence[4].Detail.ShouldBe("status 401");
        run.Flaky.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_case_whose_tries_disagree_is_flaky()
    {
        await using var server = await ModelServer.StartAsync(request => request.Question() == "sum" && request["seed"]!.GetValue<int>() == 9 ? "5" : "4");

        var run = await RunAsync(Suites.Of("60s", 3, Suites.Case("sum", Four), Suites.Case("other", Four)), server.Target());

        run.Flaky.ShouldBe(["sum"]);
        run.Evidence.Where(one => one.IsFlaky).Select(one => (one.Case, one.Outcome)).ShouldBe([("sum", TryOutcome.Passed), ("sum", TryOutcome.Failed), ("sum", TryOutcome.Passed)]);
        run.Scores.Cases[0].Share().ShouldBe(2 / 3.0);
    }

    [Fact]
    public async Task The_order_is_the_suites_whatever_is_answered_first()
    {
        // Each request waits until all that come behind it are answered.
        var ids = Enumerable.Range(0, 8).Select(index => $"case-{index}").ToArray();
        var answered = ids.ToDictionary(id => id, _ => new TaskCompletionSource());
        await using var server = await ModelServer.StartAsync(async (context, request) =>
        {
            var id = request.Question();
            if (Array.IndexOf(ids, id) is var index && index < ids.Length - 1)
            {
                await answered[ids[index + 1]].Task;
            }

            await Answers.WholeAsync(context, "4");
            answered[id].SetResult();
        });

        var run = await RunAsync(Suites.Of([.. ids.Select(id => Suites.Case(id, Four))]), server.Target(), parallel: ids.Length);

        run.Evidence.Select(one => one.Case).ShouldBe(ids);
        run.Scores.Cases.Select(one => one.Id).ShouldBe(ids);
    }

    [Fact]
    public async Task As_many_requests_as_are_allowed_are_under_way_and_never_more()
    {
        // The first answers wait until the bound is reached, so that a runner that did less would not end.
        const int Bound = 5;
        var arrived = 0;
        var full = new TaskCompletionSource();
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            if (Interlocked.Increment(ref arrived) == Bound)
            {
                full.SetResult();
            }

            await full.Task;
            await Answers.WholeAsync(context, "4");
        });

        await RunAsync(Suites.Of("60s", 10, Suites.Case("one", Four), Suites.Case("two", Four), Suites.Case("three", Four)), server.Target(), Bound);

        server.Requests.Count.ShouldBe(30);
        server.Most.ShouldBe(Bound);
    }

    [Fact]
    public async Task A_run_that_is_called_off_ends()
    {
        using var off = new CancellationTokenSource();
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            await off.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        await Should.ThrowAsync<OperationCanceledException>(Runner.RunAsync(Suites.Of(Suites.Case("sum", Four)), server.Target(), new(2), off.Token));
    }

    [Fact]
    public async Task Evidence_keeps_the_beginning_of_an_answer()
    {
        await using var server = await ModelServer.StartAsync(_ => new string('a', 1_999) + "😀" + new string('b', 500));

        var run = await RunAsync(Suites.Of(Suites.Case("long", """{ "kind": "pattern", "pattern": "b$" }""")), server.Target());

        var evidence = run.Evidence.ShouldHaveSingleItem();
        evidence.Outcome.ShouldBe(TryOutcome.Passed);
        evidence.Answer.ShouldBe(new string('a', 1_999));
    }

    [Theory]
    [InlineData("""{ "kind": "judge", "model": "nobody", "rubric": "Polite." }""", "'nobody'")]
    [InlineData("""{ "kind": "code", "function": "f", "tests": [ { "arguments": [], "expected": 1 } ] }""", "nothing to run it in")]
    public async Task A_suite_that_needs_what_is_not_there_is_refused_before_anything_is_sent(string grader, string why)
    {
        await using var server = await ModelServer.StartAsync(_ => "4");

        var refusal = await Should.ThrowAsync<InvalidOperationException>(RunAsync(Suites.Of(Suites.Case("first", Four), Suites.Case("second", grader)), server.Target()));

        refusal.Message.ShouldContain(why);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void The_suite_that_comes_with_the_program_can_be_read()
    {
        DefaultSuite.Suite.Name.ShouldBe("default");
        DefaultSuite.Suite.Short().Cases.ShouldNotBeEmpty();
    }

    private static Task<SuiteRun> RunAsync(Suite suite, ModelTarget target, int parallel = 4) =>
        Runner.RunAsync(suite, target, new(parallel), TestContext.Current.CancellationToken);
}
