using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace StandIns.Tests;

public sealed class OrchestrationContextTests
{
    private readonly StillOrchestration context = new();

    [Fact]
    public async Task An_event_before_the_time_out_is_the_result_and_the_timer_is_let_go()
    {
        var waiting = context.WaitForExternalEvent<string>("Approve", TimeSpan.FromMinutes(5));

        context.FireAt.ShouldBe(context.CurrentUtcDateTime.AddMinutes(5));
        context.Event.SetResult("yes");

        (await waiting).ShouldBe("yes");
    }

    [Fact]
    public async Task The_time_out_cancels_the_wait()
    {
        var waiting = context.WaitForExternalEvent<string>("Approve", TimeSpan.FromMinutes(5));

        context.Timer.SetResult();

        await Should.ThrowAsync<TaskCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_callers_token_cancels_the_wait()
    {
        using var source = new CancellationTokenSource();
        var waiting = context.WaitForExternalEvent<string>("Approve", TimeSpan.FromMinutes(5), source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_overloads_end_in_the_abstract_methods()
    {
        (await context.CallActivityAsync<string>("Note", new TaskOptions(tags: new Dictionary<string, string> { ["a"] = "b" })))
            .ShouldBe("activity Note  1");
        (await context.CallSubOrchestratorAsync<string>("Roll", new TaskOptions().WithInstanceId("child"))).ShouldBe("orchestration Roll  child");
        _ = context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None);
        context.FireAt.ShouldBe(context.CurrentUtcDateTime.AddSeconds(3));
    }

    [Fact]
    public void A_replay_safe_logger_is_silent_during_replay()
    {
        var log = new ListLogger();
        context.Loggers = log;
        var logger = context.CreateReplaySafeLogger("Rollouts");

        context.Replaying = true;
        Say(logger, "again");
        context.Replaying = false;
        Say(logger, "now");

        log.Lines.ShouldBe(["Rollouts: now"]);
    }

    private static void Say(ILogger logger, string text) => logger.Log(LogLevel.Information, default, text, null, (line, _) => line);
}
