using Orchestrator.Core.Analysis;
using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Models;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>Copies of the requests to an online endpoint, through the simulated ARM of Azure Machine Learning.</summary>
public sealed class OnlineMirrorTests
{
    private static readonly Sha256Digest Old = Identifier.Parse<Sha256Digest>(new string('a', 64));

    [Fact]
    public async Task Copies_begin_and_end_and_the_shares_of_the_traffic_stay()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        var change = await BringAsync(world);

        (await BeginAsync(world, change)).ShouldBeNull();
        (await BeginAsync(world, change)).ShouldBeNull("the same again changes nothing");
        (await world.CopiesAsync()).ShouldBe($$"""{"{{change.Server}}":10}""");
        (await world.TrafficAsync()).ShouldBe("""{"blue":100}""");

        await EndAsync(world, change);
        (await world.CopiesAsync()).ShouldBeNull();
        (await world.TrafficAsync()).ShouldBe("""{"blue":100}""");
        var changes = world.Watch();
        await EndAsync(world, change);
        changes.ShouldBeEmpty();

        var now = TimeProvider.System.GetUtcNow();
        var look = await world.Mirror.LookAsync(world.Target, change, AnalysisPolicy.Default, new(now.AddMinutes(-15), now), TestContext.Current.CancellationToken);
        look.Verdict.ShouldBe(Verdict.Inconclusive, "nobody has asked");
        look.Summary().ShouldBe("errors (azureMonitor): expected measurements of candidate and baseline, found nothing of either");
    }

    [Fact]
    public async Task A_server_that_gets_copies_can_be_removed()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var order = world.Order(world.Blue, world.Know('b'));
        await world.BringAsync(order);
        await BeginAsync(world, order.Change);

        await world.RemoveAsync(order.Entry(), world.Blue);

        (await world.ServerAsync(order.Change.Server)).ShouldBeNull();
        (await world.CopiesAsync()).ShouldBeNull();
        (await world.TrafficAsync()).ShouldBe("""{"blue":100}""");
    }

    [Fact]
    public async Task A_server_that_still_gets_copies_is_swept_with_those_that_get_none()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        var change = await BringAsync(world);
        await BeginAsync(world, change);

        await world.SweepAsync(world.Blue);

        (await world.ServerAsync(change.Server)).ShouldBeNull();
        (await world.CopiesAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Where_nothing_can_be_copied_it_is_said()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        var change = await BringAsync(world);

        await world.GiveTrafficAsync(change.Server);
        (await BeginAsync(world, change)).ShouldBe($"server {change.Server} has the requests itself by now");

        await world.GiveTrafficAsync("blue");
        await world.PutServerAsync("green", world.Know('c').Value);
        await world.CopyAsync("green", 20);
        (await BeginAsync(world, change)).ShouldBe("requests are copied to green already");
        await world.GiveTrafficAsync(change.Server);
        (await world.CopiesAsync()).ShouldBe("""{"green":20}""", "somebody watches it");

        await world.GiveTrafficAsync("blue");
        await world.CopyAsync("green", 0);
        (await BeginAsync(world, change)).ShouldBeNull("a mirror is switched off by a share of 0");
        await EndAsync(world, change);

        await world.MoveToClusterAsync();
        (await BeginAsync(world, change)).ShouldBe("on a cluster Azure Machine Learning copies no requests");
        (await world.CopiesAsync()).ShouldBeNull();
    }

    private static async Task<ModelChange> BringAsync(OnlineWorld world)
    {
        world.Know('a');
        var order = world.Order(world.Blue, world.Know('b'));
        await world.BringAsync(order);
        return order.Change;
    }

    private static Task<string?> BeginAsync(OnlineWorld world, ModelChange change) => world.Mirror.BeginAsync(world.Target, change, 10, TestContext.Current.CancellationToken);

    private static Task EndAsync(OnlineWorld world, ModelChange change) => world.Mirror.EndAsync(world.Target, change, TestContext.Current.CancellationToken);
}
