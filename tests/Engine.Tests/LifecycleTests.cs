using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Engine.Tests;

/// <summary>Starting, steering, listing and deleting orchestrations.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task An_id_that_is_under_way_is_refused_and_an_ended_one_is_replaced()
    {
        await using var engine = Waiting();
        await engine.StartAsync();
        await Schedule(engine, "one");

        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => Schedule(engine, "one"));
        await engine.Client.RaiseEventAsync("one", "go", "first");
        (await engine.Client.WaitForInstanceCompletionAsync("one", true)).ReadOutputAs<string>().ShouldBe("first");

        await Schedule(engine, "one");
        (await engine.Client.GetInstanceAsync("one"))!.IsCompleted.ShouldBeFalse();
        await engine.Client.RaiseEventAsync("one", "go", "second");
        (await engine.Client.WaitForInstanceCompletionAsync("one", true)).ReadOutputAs<string>().ShouldBe("second");
    }

    [Fact]
    public async Task A_suspended_orchestration_holds_what_comes_in_until_it_is_resumed()
    {
        await using var engine = Waiting();
        await engine.StartAsync();
        await Schedule(engine, "one");
        await engine.Client.SuspendInstanceAsync("one");
        await engine.Client.RaiseEventAsync("one", "go", "held");

        (await engine.Client.GetInstanceAsync("one"))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Suspended);
        await engine.RestartAsync();
        (await engine.Client.GetInstanceAsync("one"))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Suspended);

        await engine.Client.ResumeInstanceAsync("one");
        (await engine.Client.WaitForInstanceCompletionAsync("one", true)).ReadOutputAs<string>().ShouldBe("held");
    }

    [Fact]
    public async Task Termination_reaches_children_when_asked_to()
    {
        await using var engine = Waiting()
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>("Wait", null, new TaskOptions().WithInstanceId("child")));
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", null, new StartOrchestrationOptions("parent"));
        await engine.UntilStatusAsync("child", "waiting");

        await engine.Client.TerminateInstanceAsync("parent", new TerminateInstanceOptions("stopped", Recursive: true));

        (await engine.Client.WaitForInstanceCompletionAsync("child")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        (await engine.Client.GetInstanceAsync("parent", true))!.ReadOutputAs<string>().ShouldBe("stopped");
    }

    [Fact]
    public async Task Lists_are_filtered_and_come_in_pages()
    {
        await using var engine = Waiting();
        await engine.StartAsync();
        foreach (var index in Enumerable.Range(0, 7))
        {
            await Schedule(engine, $"a-{index}");
            await Schedule(engine, $"b-{index}");
        }

        await engine.Client.RaiseEventAsync("a-3", "go", "x");
        await engine.Client.WaitForInstanceCompletionAsync("a-3");

        (await List(engine, new() { InstanceIdPrefix = "a-", PageSize = 2 })).ShouldBe(Enumerable.Range(0, 7).Select(index => $"a-{index}"));
        (await List(engine, new() { Statuses = [OrchestrationRuntimeStatus.Completed] })).ShouldBe(["a-3"]);
        (await List(engine, new() { CreatedFrom = DateTimeOffset.MaxValue })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_what_has_ended_can_be_purged()
    {
        await using var engine = Waiting();
        await engine.StartAsync();
        await Schedule(engine, "ended");
        await Schedule(engine, "waits");
        await engine.Client.RaiseEventAsync("ended", "go", "x");
        await engine.Client.WaitForInstanceCompletionAsync("ended");

        (await engine.Client.PurgeInstanceAsync("waits")).PurgedInstanceCount.ShouldBe(0);
        (await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount.ShouldBe(1);
        (await engine.Client.GetInstanceAsync("ended")).ShouldBeNull();
        (await engine.Client.GetInstanceAsync("waits")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_start_in_the_future_waits_and_keeps_events_that_come_before_it()
    {
        await using var engine = Waiting(fakeTime: true);
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions("later", engine.Time.GetUtcNow().AddHours(1)));
        await engine.Client.RaiseEventAsync("later", "go", "early");
        await engine.RestartAsync();
        (await engine.Client.GetInstanceAsync("later"))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);

        engine.Time.Advance(TimeSpan.FromHours(2));

        (await engine.Client.WaitForInstanceCompletionAsync("later", true, TestContext.Current.CancellationToken)).ReadOutputAs<string>().ShouldBe("early");
    }

    private static EngineFixture Waiting(bool fakeTime = false) => new EngineFixture(fakeTime: fakeTime).Orchestrator("Wait", async context =>
    {
        context.SetCustomStatus("waiting");
        return await context.WaitForExternalEvent<string>("go");
    });

    private static Task Schedule(EngineFixture engine, string id) =>
        engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions(id));

    private static async Task<List<string>> List(EngineFixture engine, OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var instance in engine.Client.GetAllInstancesAsync(query))
        {
            ids.Add(instance.InstanceId);
        }

        return ids;
    }
}
