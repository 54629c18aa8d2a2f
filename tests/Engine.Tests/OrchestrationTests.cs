using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Engine.Tests;

/// <summary>What orchestrators can rely on, with their code kept in memory and with nothing but replay.</summary>
public sealed class OrchestrationTests
{
    public static TheoryData<bool> Modes() => [false, true];

    [Theory, MemberData(nameof(Modes))]
    public async Task A_sequence_of_activities_gives_its_result(bool replay)
    {
        await using var engine = new EngineFixture(replay)
            .Activity<int, int>("Double", value => Task.FromResult(value * 2))
            .Orchestrator("Sequence", async context =>
            {
                var value = context.GetInput<int>();
                for (var step = 0; step < 4; step++)
                {
                    value = await context.CallActivityAsync<int>("Double", value);
                }

                return value;
            });
        await engine.StartAsync();

        var ended = await engine.RunAsync("Sequence", 3);

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        ended.ReadOutputAs<int>().ShouldBe(48);
        ended.ReadInputAs<int>().ShouldBe(3);
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Activities_and_children_side_by_side_are_awaited_in_any_order(bool replay)
    {
        await using var engine = new EngineFixture(replay)
            .Activity<int, int>("Square", value => Task.FromResult(value * value))
            .Orchestrator("Child", async context => await context.CallActivityAsync<int>("Square", context.GetInput<int>()))
            .Orchestrator("Parent", async context =>
            {
                var children = Enumerable.Range(1, 20).Select(value =>
                    context.CallSubOrchestratorAsync<int>("Child", value, new TaskOptions().WithInstanceId($"{context.InstanceId}-{value}"))).ToList();
                var sum = 0;
                while (children.Count > 0)
                {
                    var first = await Task.WhenAny(children);
                    children.Remove(first);
                    sum += await first;
                }

                return sum + (await Task.WhenAll(Enumerable.Range(1, 3).Select(value => context.CallActivityAsync<int>("Square", value)))).Sum();
            });
        await engine.StartAsync();

        (await engine.RunAsync("Parent", id: "p")).ReadOutputAs<int>().ShouldBe(2870 + 14);
        (await engine.Client.GetInstanceAsync("p-7", true))!.ReadOutputAs<int>().ShouldBe(49);
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task A_failed_activity_surfaces_with_its_details_and_can_be_caught(bool replay)
    {
        await using var engine = new EngineFixture(replay)
            .Activity<string, string>("Fail", text => throw new InvalidDataException(text))
            .Orchestrator("Catch", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("Fail", "broken");
                }
                catch (TaskFailedException failure)
                {
                    return $"{failure.TaskName} {failure.FailureDetails.ErrorMessage} {failure.FailureDetails.IsCausedBy<InvalidDataException>()}";
                }
            })
            .Orchestrator("Throw", async context => await context.CallActivityAsync<string>("Fail", "broken"))
            .Orchestrator("Outer", async context => await context.CallSubOrchestratorAsync<string>("Throw"));
        await engine.StartAsync();

        (await engine.RunAsync("Catch")).ReadOutputAs<string>().ShouldBe("Fail broken True");
        var failed = await engine.RunAsync("Outer");
        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        failed.FailureDetails!.ErrorMessage.ShouldContain("broken");
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Retries_wait_longer_each_time_and_stop_at_the_limit(bool replay)
    {
        var tries = 0;
        await using var engine = new EngineFixture(replay, fakeTime: true)
            .Activity<string, int>("Third", _ => ++tries < 3 ? throw new IOException("not yet") : Task.FromResult(tries))
            .Orchestrator("Retry", async context =>
            {
                var begun = context.CurrentUtcDateTime;
                var result = await context.CallActivityAsync<int>("Third", "", TaskOptions.FromRetryPolicy(new(5, TimeSpan.FromSeconds(10), 2)));
                return context.CurrentUtcDateTime - begun >= TimeSpan.FromSeconds(10 + 20) ? result : 0;
            });
        await engine.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Retry");

        var ended = await AdvanceUntilEndedAsync(engine, id, TimeSpan.FromSeconds(5));

        tries.ShouldBe(3);
        ended.ReadOutputAs<int>().ShouldBe(3);
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Events_are_kept_when_early_and_complete_one_wait_each_whatever_their_case(bool replay)
    {
        await using var engine = new EngineFixture(replay)
            .Orchestrator("Wait", async context =>
            {
                context.SetCustomStatus("ready");
                var go = await context.WaitForExternalEvent<string>("go");
                var first = context.WaitForExternalEvent<string>("Item");
                var second = context.WaitForExternalEvent<string>("Item");
                return string.Join(",", await Task.WhenAll(first, second)) + go;
            });
        await engine.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await engine.UntilStatusAsync(id, "ready");

        await engine.Client.RaiseEventAsync(id, "ITEM", "a");
        await engine.Client.RaiseEventAsync(id, "item", "b");
        await engine.Client.RaiseEventAsync(id, "GO", "!");

        (await engine.Client.WaitForInstanceCompletionAsync(id, true)).ReadOutputAs<string>().ShouldBe("a,b!");
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task A_wait_with_a_time_limit_is_cancelled_at_its_end(bool replay)
    {
        await using var engine = new EngineFixture(replay, fakeTime: true)
            .Orchestrator("Wait", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<string>("never", TimeSpan.FromHours(3));
                }
                catch (TaskCanceledException)
                {
                    return "gave up";
                }
            });
        await engine.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");

        (await AdvanceUntilEndedAsync(engine, id, TimeSpan.FromHours(1))).ReadOutputAs<string>().ShouldBe("gave up");
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Continuing_as_new_keeps_events_that_nobody_took(bool replay)
    {
        await using var engine = new EngineFixture(replay)
            .Orchestrator<string>("Loop", async context =>
            {
                var collected = context.GetInput<string>();
                context.SetCustomStatus($"has {collected}");
                collected += await context.WaitForExternalEvent<string>("letter");
                if (collected!.Length < 3)
                {
                    context.ContinueAsNew(collected);
                    return "";
                }

                return collected;
            });
        await engine.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Loop", "");
        await engine.UntilStatusAsync(id, "has ");

        await Task.WhenAll("xyz".Select(letter => engine.Client.RaiseEventAsync(id, "letter", letter.ToString())));

        string.Concat((await engine.Client.WaitForInstanceCompletionAsync(id, true)).ReadOutputAs<string>()!.Order()).ShouldBe("xyz");
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task One_orchestration_can_raise_an_event_at_another(bool replay)
    {
        await using var engine = new EngineFixture(replay)
            .Orchestrator("Receive", context => context.WaitForExternalEvent<int>("number"))
            .Orchestrator("Send", context =>
            {
                context.SendEvent("receiver", "number", 7);
                return Task.FromResult("sent");
            });
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Receive", null, new StartOrchestrationOptions("receiver"));

        await engine.RunAsync("Send");

        (await engine.Client.WaitForInstanceCompletionAsync("receiver", true)).ReadOutputAs<int>().ShouldBe(7);
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Time_and_ids_are_the_same_at_each_replay(bool replay)
    {
        var seen = new List<string>();
        await using var engine = new EngineFixture(replay)
            .Activity<int, int>("Step", value => Task.FromResult(value))
            .Orchestrator("Remember", async context =>
            {
                var first = $"{context.CurrentUtcDateTime.Ticks} {context.NewGuid()}";
                lock (seen)
                {
                    seen.Add(first);
                }

                await context.CallActivityAsync<int>("Step", 1);
                await context.CallActivityAsync<int>("Step", 2);
                return context.IsReplaying;
            });
        await engine.StartAsync();

        (await engine.RunAsync("Remember")).ReadOutputAs<bool>().ShouldBeFalse();

        seen.Count.ShouldBe(replay ? 3 : 1);
        seen.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Code_that_waits_for_something_else_fails_with_a_clear_message()
    {
        var never = new TaskCompletionSource();
        await using var engine = new EngineFixture()
            .Orchestrator("Foreign", async _ =>
            {
                await never.Task;
                return 1;
            });
        await engine.StartAsync();

        AssertForeign(await engine.RunAsync("Foreign"));
    }

    [Fact]
    public async Task Code_that_another_thread_wakes_fails_with_a_clear_message()
    {
        var elsewhere = new TaskCompletionSource();
        await using var engine = new EngineFixture()
            .Orchestrator("Thread", async context =>
            {
                context.SetCustomStatus("waits");
                await Task.WhenAny(context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None), elsewhere.Task);
                return 1;
            });
        await engine.StartAsync();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Thread");
        await engine.UntilStatusAsync(id, "waits");

        elsewhere.SetResult();

        AssertForeign(await engine.Client.WaitForInstanceCompletionAsync(id, true, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Names_that_are_not_registered_fail_what_calls_them()
    {
        await using var engine = new EngineFixture()
            .Orchestrator("Calls", async context => await context.CallActivityAsync<int>("Nobody"));
        await engine.StartAsync();

        (await engine.RunAsync("Calls")).FailureDetails!.ErrorMessage.ShouldContain("Nobody");
        (await engine.RunAsync("Nowhere")).FailureDetails!.ErrorMessage.ShouldContain("Nowhere");
    }

    private static void AssertForeign(OrchestrationMetadata ended)
    {
        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails!.ErrorMessage.ShouldContain("not the orchestration's");
    }

    private static async Task<OrchestrationMetadata> AdvanceUntilEndedAsync(EngineFixture engine, string id, TimeSpan step)
    {
        var ended = engine.Client.WaitForInstanceCompletionAsync(id, true, TestContext.Current.CancellationToken);
        while (!ended.IsCompleted)
        {
            engine.Time.Advance(step);
            await Task.WhenAny(ended, Settle(engine));
        }

        return await ended;
    }

    // A commit stands between what has happened so far and what comes next.
    private static Task Settle(EngineFixture engine) => engine.Client.RaiseEventAsync("nobody", "tick");
}
