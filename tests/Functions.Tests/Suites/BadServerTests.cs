using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>Servers that refuse, break and talk nonsense: each ends in the right kind of result.</summary>
public sealed class BadServerTests
{
    private const string Four = """{ "kind": "exact", "value": "4" }""";
    private const string Refuses = """{ "kind": "refusal" }""";

    // Waits between requests pass at once; what is noted is how long they were.
    private readonly PassingTime time = new();

    [Fact]
    public async Task A_rate_limit_is_waited_for_as_long_as_the_server_says()
    {
        var asked = 0;
        await using var server = await ModelServer.StartAsync((context, _) =>
        {
            var limit = Interlocked.Increment(ref asked);
            context.Response.Headers[limit == 1 ? "retry-after" : "retry-after-ms"] = limit == 1 ? "7" : "250";
            return limit <= 2 ? Answers.JsonAsync(context, 429, """{"error":{"code":"RateLimitReached","message":"Slow down."}}""") : Answers.WholeAsync(context, "4");
        });

        (await TryAsync(server)).Outcome.ShouldBe(TryOutcome.Passed);

        time.Waits.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromMilliseconds(250)]);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_does_not_lift_is_not_measured(int status)
    {
        await using var server = await ModelServer.StartAsync((context, _) => Answers.JsonAsync(context, status, "{}"));

        var evidence = await TryAsync(server);

        (evidence.Outcome, evidence.Detail).ShouldBe((TryOutcome.Error, $"status {status}"));
        server.Requests.Count.ShouldBe(4);
        time.Waits.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)]);
    }

    [Fact]
    public async Task A_limit_that_lifts_in_an_hour_is_not_waited_for()
    {
        await using var server = await ModelServer.StartAsync((context, _) =>
        {
            context.Response.Headers.RetryAfter = (time.GetUtcNow() + TimeSpan.FromHours(1)).ToString("R", CultureInfo.InvariantCulture);
            return Answers.JsonAsync(context, 429, "{}");
        });

        (await TryAsync(server)).Outcome.ShouldBe(TryOutcome.Error);

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_the_model_refuses_has_failed()
    {
        await using var server = await ModelServer.StartAsync((context, _) => Answers.JsonAsync(context, 400, """{"error":{"message":"Unsupported parameter: 'seed'.","code":"unsupported_parameter"}}"""));

        var evidence = await TryAsync(server);

        (evidence.Outcome, evidence.Detail).ShouldBe((TryOutcome.Failed, "status 400: Unsupported parameter: 'seed'."));
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Four, TryOutcome.Filtered)]
    [InlineData(Refuses, TryOutcome.Passed)]
    [InlineData("""{ "kind": "refusal", "expected": false }""", TryOutcome.Filtered)]
    public async Task A_prompt_that_Azure_filters_is_told_as_that_and_is_the_refusal_that_a_case_wants(string grader, TryOutcome outcome)
    {
        await using var server = await ModelServer.StartAsync((context, _) => Answers.JsonAsync(context, 400, Answers.AzureFilter));

        (await TryAsync(server, grader)).Outcome.ShouldBe(outcome);

        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Four, false, TryOutcome.Filtered)]
    [InlineData(Four, true, TryOutcome.Filtered)]
    [InlineData(Refuses, false, TryOutcome.Passed)]
    [InlineData(Refuses, true, TryOutcome.Passed)]
    public async Task An_answer_that_is_cut_off_by_a_filter_is_told_as_that(string grader, bool stream, TryOutcome outcome)
    {
        await using var server = await ModelServer.StartAsync((context, _) =>
            stream ? Answers.StreamAsync(context, "4", "content_filter") : Answers.WholeAsync(context, "4", "content_filter"));

        (await TryAsync(server, grader, stream)).Outcome.ShouldBe(outcome);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_measured()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        using var http = new HttpClient();
        var target = new ModelTarget(new($"http://127.0.0.1:{port}/v1/"), "small", http, new Dictionary<string, string>(), null);

        var run = await new SuiteRunner(time).RunAsync(Suites.Of(Suites.Case("sum", Four)), target, new(1), TestContext.Current.CancellationToken);

        run.Scores.Cases.ShouldHaveSingleItem().Errors.ShouldBe(1);
        run.Evidence.ShouldHaveSingleItem().Detail.ShouldStartWith("no connection: ");
        time.Waits.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_amid_the_answer_is_not_measured(bool stream)
    {
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            if (stream)
            {
                Answers.BeginStream(context);
                await Answers.PartAsync(context, """{"content":"4"}""");
            }
            else
            {
                context.Response.ContentLength = 1_000;
                await context.Response.WriteAsync("""{"choices":[""");
                await context.Response.Body.FlushAsync();
            }

            context.Abort();
        });

        (await TryAsync(server, Four, stream)).Outcome.ShouldBe(TryOutcome.Error);
    }

    [Fact]
    public async Task A_stream_that_ends_amid_the_answer_is_not_measured()
    {
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            Answers.BeginStream(context);
            await Answers.PartAsync(context, """{"content":"4"}""");
        });

        (await TryAsync(server, Four, stream: true)).ShouldSatisfyAllConditions(one => one.Outcome.ShouldBe(TryOutcome.Error), one => one.Detail.ShouldContain("amid the answer"));
    }

    [Fact]
    public async Task An_error_within_a_stream_is_not_measured()
    {
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            Answers.BeginStream(context);
            await Answers.PartAsync(context, """{"content":"4"}""");
            await Answers.EventAsync(context, """{"error":{"message":"EngineCore died","type":"InternalServerError","code":500}}""");
        });

        (await TryAsync(server, Four, stream: true)).ShouldSatisfyAllConditions(one => one.Outcome.ShouldBe(TryOutcome.Error), one => one.Detail.ShouldContain("InternalServerError"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"choices":[{"message":{"content":"\ud800"}}]}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[null]}""")]
    [InlineData("""{"choices":[{"message":{"content":[1],"tool_calls":[null,{"function":3}]}}]}""")]
    [InlineData("")]
    public async Task A_reply_that_is_no_chat_completion_has_failed(string body)
    {
        await using var server = await ModelServer.StartAsync((context, _) => Answers.JsonAsync(context, 200, body));

        (await TryAsync(server)).Outcome.ShouldBe(TryOutcome.Failed);
    }

    [Fact]
    public async Task A_connection_that_is_not_made_in_time_is_not_measured()
    {
        using var http = new HttpClient(new NoConnection(time));
        var target = new ModelTarget(new("http://model.invalid/v1/"), "small", http, new Dictionary<string, string>(), null);

        var run = await new SuiteRunner(time).RunAsync(Suites.Of(Suites.Case("sum", Four)), target, new(1), TestContext.Current.CancellationToken);

        var evidence = run.Evidence.ShouldHaveSingleItem();
        (evidence.Outcome, evidence.Detail).ShouldBe((TryOutcome.Error, "no connection within 1m"));
    }

    private Task<CaseEvidence> TryAsync(ModelServer server, string grader = Four, bool stream = false) => Suites.TryAsync(time, server, grader, stream);

    // Requests wait for a connection that does not come about.
    private sealed class NoConnection(PassingTime time) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            time.PassLimits();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("The wait above does not end by itself.");
        }
    }
}
