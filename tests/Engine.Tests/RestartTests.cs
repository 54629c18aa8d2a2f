using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Engine.Tests;

/// <summary>What a later process finds.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task An_interrupted_activity_runs_again_and_nothing_before_it_does()
    {
        var calls = new List<string>();
        var entered = new TaskCompletionSource();
        var block = true;
        await using var engine = new EngineFixture();
        engine.Functions
            .AddActivity("First", (_, _) => Note("First"))
            .AddActivity("Second", async (_, cancellation) =>
            {
                await Note("Second");
                if (block)
                {
                    entered.TrySetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
                }

                return null;
            });
        engine.Orchestrator("Run", async context =>
        {
            await context.CallActivityAsync("First");
            await context.CallActivityAsync("Second");
            return "done";
        });
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Run", null, new StartOrchestrationOptions("one"));
        await entered.Task;

        await engine.StopAsync();
        block = false;
        await engine.StartAsync();

        (await engine.Client.WaitForInstanceCompletionAsync("one", true)).ReadOutputAs<string>().ShouldBe("done");
        calls.ShouldBe(["First", "Second", "Second"]);

        Task<object?> Note(string name)
        {
            lock (calls)
            {
                calls.Add(name);
            }

            return Task.FromResult<object?>(null);
        }
    }

    [Fact]
    public async Task Timers_that_came_due_meanwhile_fire_at_once()
    {
        await using var engine = new EngineFixture(fakeTime: true).Orchestrator("Bake", async context =>
        {
            context.SetCustomStatus("baking");
            await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
            return "baked";
        });
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Bake", null, new StartOrchestrationOptions("one"));
        await engine.UntilStatusAsync("one", "baking");
        await engine.StopAsync();

        engine.Time.Advance(TimeSpan.FromDays(3));
        await engine.StartAsync();

        (await engine.Client.WaitForInstanceCompletionAsync("one", true)).ReadOutputAs<string>().ShouldBe("baked");
    }

    [Theory]
    [InlineData("other name", "a call of activity 'A'", "a call of activity 'B'")]
    [InlineData("other kind", "a call of activity 'A'", "a timer")]
    [InlineData("missing", "a call of activity 'A'", "nothing there")]
    public async Task Code_that_no_longer_does_what_history_says_fails_and_names_the_step(string change, string was, string now)
    {
        await using var engine = new EngineFixture();
        engine.Functions = Code("unchanged");
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Run", null, new StartOrchestrationOptions("one"));
        await engine.UntilStatusAsync("one", "waiting");
        await engine.StopAsync();

        engine.Functions = Code(change);
        await engine.StartAsync();
        await engine.Client.RaiseEventAsync("one", "go", "x");

        var failed = await engine.Client.WaitForInstanceCompletionAsync("one", true);
        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        failed.FailureDetails!.ErrorMessage.ShouldContain("step 1");
        failed.FailureDetails.ErrorMessage.ShouldContain($"history has {was}");
        failed.FailureDetails.ErrorMessage.ShouldContain($"code now has {now}");
    }

    [Fact]
    public async Task What_was_accepted_and_not_begun_begins_after_a_restart_without_anything_new_happening()
    {
        await using var engine = new EngineFixture(fakeTime: true).Orchestrator("Run", _ => Task.FromResult("ran"));
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Run", null, new StartOrchestrationOptions("one", engine.Time.GetUtcNow().AddHours(1)));
        await engine.StopAsync();

        engine.Time.Advance(TimeSpan.FromHours(2));
        await engine.StartAsync();

        (await engine.Client.WaitForInstanceCompletionAsync("one", true, TestContext.Current.CancellationToken)).ReadOutputAs<string>().ShouldBe("ran");
    }

    [Fact]
    public async Task A_second_engine_on_the_same_folder_is_refused()
    {
        await using var engine = await new EngineFixture().StartAsync();
        await using var second = new EngineFixture(folder: engine.Folder);

        (await Should.ThrowAsync<EngineFolderInUseException>(second.StartAsync)).Message.ShouldContain(engine.Folder);
    }

    [Fact]
    public async Task A_folder_of_a_newer_version_is_refused()
    {
        await using var engine = await new EngineFixture().StartAsync();
        await engine.StopAsync();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(engine.Folder, "engine.db")};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=99";
            command.ExecuteNonQuery();
        }

        (await Should.ThrowAsync<InvalidOperationException>(engine.StartAsync)).Message.ShouldContain("newer version");
    }

    [Fact]
    public async Task Thousands_of_waiting_orchestrations_survive_a_restart_with_few_of_them_in_memory()
    {
        const int Count = 3_000;
        await using var engine = new EngineFixture().Orchestrator("Wait", context => context.WaitForExternalEvent<int>("go"));
        await engine.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Count).Select(index =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions($"w{index}"))));
        await engine.RestartAsync();

        await Task.WhenAll(Enumerable.Range(0, Count).Select(index => engine.Client.RaiseEventAsync($"w{index}", "go", index)));

        foreach (var index in new[] { 0, 1_234, Count - 1 })
        {
            (await engine.Client.WaitForInstanceCompletionAsync($"w{index}", true)).ReadOutputAs<int>().ShouldBe(index);
        }
    }

    private static DurableFunctions Code(string change) => new DurableFunctions()
        .AddActivity("A", (_, _) => Task.FromResult<object?>(null))
        .AddActivity("B", (_, _) => Task.FromResult<object?>(null))
        .AddOrchestrator("Run", async context =>
        {
            await (change switch
            {
                "other name" => context.CallActivityAsync("B"),
                "other kind" => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None),
                "missing" => Task.CompletedTask,
                _ => context.CallActivityAsync("A"),
            });
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("go");
        });
}
