using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>Replies that do not end: each has failed at its bound, and is read no further.</summary>
public sealed class EndlessReplyTests
{
    private const string Four = """{ "kind": "exact", "value": "4" }""";

    // Waits between requests pass at once; what is noted is how long they were.
    private readonly PassingTime time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_huge_answer_has_failed_and_is_not_read_to_its_end(bool stream)
    {
        await using var server = await ModelServer.StartAsync((context, _) => AnswerAsync(context, stream, $$"""{"content":"{{new string('a', 60_000)}}"}"""));

        var evidence = await TryAsync(server, Four, stream);

        evidence.Outcome.ShouldBe(TryOutcome.Failed);
        evidence.Detail.ShouldContain("longer than");
    }

    [Fact]
    public async Task A_line_without_end_has_failed()
    {
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            Answers.BeginStream(context);
            await FloodAsync(context, "data: aaaa");
        });

        (await TryAsync(server, Four, stream: true)).Detail.ShouldContain("longer than");
    }

    [Fact]
    public async Task A_stream_of_nothing_without_end_has_failed()
    {
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            Answers.BeginStream(context);
            await FloodAsync(context, ": still here\n\n");
        });

        (await TryAsync(server, Four, stream: true)).Outcome.ShouldBe(TryOutcome.Failed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_that_takes_longer_than_the_limit_has_failed(bool stream)
    {
        await using var server = await ModelServer.StartAsync(async (context, _) =>
        {
            if (stream)
            {
                Answers.BeginStream(context);
                await Answers.PartAsync(context, """{"content":"4"}""");
            }

            time.PassLimits();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        var evidence = await TryAsync(server, Four, stream);

        (evidence.Outcome, evidence.Detail).ShouldBe((TryOutcome.Failed, "no whole answer within 1m"));
        server.Requests.Count.ShouldBe(1);
    }

    private Task<CaseEvidence> TryAsync(ModelServer server, string grader = Four, bool stream = false) => Suites.TryAsync(time, server, grader, stream);

    // Ends when the reader leaves.
    private static async Task AnswerAsync(HttpContext context, bool stream, string delta)
    {
        if (!stream)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"choices":[{"message":{"content":" """);
            await FloodAsync(context, new string('a', 1_000));
        }

        Answers.BeginStream(context);
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await Answers.PartAsync(context, delta);
        }
    }

    private static async Task FloodAsync(HttpContext context, string text)
    {
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        var block = string.Concat(Enumerable.Repeat(text, 65_536 / text.Length));
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(block);
        }
    }
}
