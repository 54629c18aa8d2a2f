using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Core.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What wakes people.</summary>
public sealed class AlertTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string? Type, string Body)> received = [];
    private Pager pager = null!;
    private int refusals;

    public async ValueTask InitializeAsync() => pager = await Pager.StartAsync(TakeAsync);

    public ValueTask DisposeAsync() => pager.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_rollback_that_failed_pages_whoever_is_on_call_for_the_stack(int refusedFirst)
    {
        refusals = refusedFirst;
        await using var world = (await StartAsync(DemoStacks.UsClosed)).With(DemoStacks.UsClosed, "eastus", FaultKind.Unhealthy, FaultReach.All);

        (await world.RollOutAsync()).Phase.ShouldBe(RunPhase.Failed);

        var (type, body) = received.ShouldHaveSingleItem();
        type.ShouldBe("application/cloudevents+json; charset=utf-8");
        var alert = JsonNode.Parse(body)!;
        alert["specversion"]!.GetValue<string>().ShouldBe("1.0");
        alert["type"]!.GetValue<string>().ShouldBe("dual-stack.rollback.failed");
        alert["subject"]!.GetValue<string>().ShouldBe("us-closed/staging/eastus");
        alert["data"]!["release"]!.GetValue<string>().ShouldBe("v1.1.0");
        alert["data"]!["reason"]!.GetValue<string>().ShouldContain("the rollback failed");
    }

    [Fact]
    public async Task What_happens_in_one_stack_is_not_told_to_the_other_ones_people()
    {
        await using var world = (await StartAsync(DemoStacks.ChinaOpen)).With(DemoStacks.UsClosed, "eastus", FaultKind.Unhealthy, FaultReach.All);

        (await world.RollOutAsync()).Phase.ShouldBe(RunPhase.Failed);

        received.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ordinary_rollback_wakes_nobody()
    {
        await using var world = (await StartAsync(DemoStacks.UsClosed)).With(DemoStacks.UsClosed, "eastus", FaultKind.Errors);

        (await world.RollOutAsync()).Phase.ShouldBe(RunPhase.RolledBack);

        received.ShouldBeEmpty();
    }

    private Task<World> StartAsync(string stack) =>
        World.StartAsync(topology => topology, new Dictionary<string, string?> { [$"Alerts:{stack}"] = pager.Address });

    private async Task TakeAsync(HttpContext context)
    {
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        received.Enqueue((context.Request.ContentType, await reader.ReadToEndAsync(context.RequestAborted)));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
