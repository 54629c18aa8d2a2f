using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Engine.Tests;

/// <summary>A build meets what another has begun.</summary>
public sealed class VersionTests
{
    [Fact]
    public async Task What_an_old_version_began_a_new_build_finishes_the_old_way()
    {
        await using var engine = new EngineFixture { Version = "1.0" };
        engine.Functions.AddActivity("Old", (_, _) => Task.FromResult<object?>("old")).AddActivity("New", (_, _) => Task.FromResult<object?>("new"));
        engine.Orchestrator("Run", async context =>
        {
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<string>("Go");
            var child = await context.CallSubOrchestratorAsync<string>("Child");
            return $"{context.Version} {child}";
        });
        engine.Orchestrator("Child", async context => $"{context.Version} {await context.CallActivityAsync<string>(context.Version == "1.0" ? "Old" : "New")}");
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Run", null, new StartOrchestrationOptions("begun"));
        await engine.UntilStatusAsync("begun", "waiting");

        engine.Version = "1.1";
        await engine.RestartAsync();
        await engine.Client.RaiseEventAsync("begun", "Go", "x");
        var old = await engine.Client.WaitForInstanceCompletionAsync("begun", true, TestContext.Current.CancellationToken);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Run", null, new StartOrchestrationOptions("fresh"));
        await engine.Client.RaiseEventAsync("fresh", "Go", "x");
        var fresh = await engine.Client.WaitForInstanceCompletionAsync("fresh", true, TestContext.Current.CancellationToken);

        old.ReadOutputAs<string>().ShouldBe("1.0 1.0 old");
        fresh.ReadOutputAs<string>().ShouldBe("1.1 1.1 new");
    }

    [Fact]
    public async Task What_a_newer_version_began_an_older_build_leaves_alone_and_loses_nothing_of()
    {
        var ran = new List<string>();
        await using var engine = new EngineFixture { Version = "2.0" };
        engine.Functions.AddActivity("Step", (_, _) =>
        {
            ran.Add(engine.Version);
            return Task.FromResult<object?>(null);
        });
        engine.Orchestrator("Run", async context =>
        {
            context.SetCustomStatus("waiting");
            var said = await context.WaitForExternalEvent<string>("Go");
            await context.CallActivityAsync("Step");
            return said;
        });
        await engine.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Run", null, new StartOrchestrationOptions("begun"));
        await engine.UntilStatusAsync("begun", "waiting");

        engine.Version = "1.9";
        await engine.RestartAsync();
        await engine.Client.RaiseEventAsync("begun", "Go", "heard");
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Run", null, new StartOrchestrationOptions("own"));
        await engine.Client.RaiseEventAsync("own", "Go", "own");
        await engine.Client.WaitForInstanceCompletionAsync("own", TestContext.Current.CancellationToken);
        (await engine.Client.GetInstanceAsync("begun", TestContext.Current.CancellationToken))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);

        engine.Version = "2.0";
        await engine.RestartAsync();

        (await engine.Client.WaitForInstanceCompletionAsync("begun", true, TestContext.Current.CancellationToken)).ReadOutputAs<string>().ShouldBe("heard");
        ran.ShouldBe(["1.9", "2.0"]);
    }
}
