using Orchestrator.Core.Names;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>What a release that says nothing of a server gets: what the infra program has made at the endpoint, or had made there.</summary>
public sealed class StacksOwnServerTests
{
    private static readonly Sha256Digest Old = Identifier.Parse<Sha256Digest>(new string('a', 64));

    [Fact]
    public async Task Another_image_that_the_infra_program_gives_its_server_reaches_the_next_weights()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var tuned = await TakePlaceAsync(world, world.Blue, world.Order(world.Blue, world.Know('b'), new(null, ["--seed=1"])));
        (await world.ServerAsync("blue")).ShouldBeNull();

        await world.PutServerAsync("blue", Old.Value, "pulumi", "raised");
        var plain = await TakePlaceAsync(world, tuned.Entry(), world.Order(tuned.Entry(), world.Know('c')));

        (await ContainerAsync(world, plain)).ShouldBe("raised");
        (await world.ServerAsync(plain.Change.Server))!["properties"]!["environmentVariables"]!["SERVER_ARGUMENTS"].ShouldBeNull();

        await world.RemoveAsync(world.Blue, plain.Entry());
        (await world.ServerAsync("blue")).ShouldBeNull();
        var later = await TakePlaceAsync(world, plain.Entry(), world.Order(plain.Entry(), world.Know('d')));
        (await ContainerAsync(world, later)).ShouldBe("raised", "it was there last");
    }

    [Fact]
    public async Task Of_the_infra_programs_servers_the_one_counts_that_serves_and_else_the_one_that_did()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        await world.PutServerAsync("azure", Old.Value, "somebody", "somebody-elses");
        await world.PutServerAsync("black", Old.Value, "pulumi", "blacks");
        await world.PutServerAsync("green", Old.Value, "pulumi", "greens");

        await world.GiveTrafficAsync("green");
        var first = world.Order(world.Blue, world.Know('b'));
        await world.BringAsync(first);
        (await ContainerAsync(world, first)).ShouldBe("greens");

        await world.PutServerAsync("green", Old.Value, "pulumi", "raised");
        await world.GiveTrafficAsync(first.Change.Server);
        var next = world.Order(first.Entry(), world.Know('c'));
        await world.BringAsync(next);
        (await ContainerAsync(world, next)).ShouldBe("raised");
    }

    // Builds that had no mark of their own gave their servers the tags of the infra program's.
    [Fact]
    public async Task A_server_that_a_release_has_brought_is_not_the_stacks_own_whatever_its_tag_says()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var unmarked = world.Know('b').Value;
        await world.PutServerAsync($"w-{unmarked[..12]}", unmarked, "pulumi", "somewhere");
        await world.GiveTrafficAsync($"w-{unmarked[..12]}");
        var order = world.Order(world.Blue, world.Know('c'));

        await world.BringAsync(order);

        (await ContainerAsync(world, order)).ShouldEndWith("/versions/blue-000000000000");
    }

    private static async Task<ModelOrder> TakePlaceAsync(OnlineWorld world, ModelEntry before, ModelOrder order)
    {
        (await world.BringAsync(order)).State.ShouldBe(Readiness.Ready);
        await world.RemoveAsync(before, order.Entry());
        return order;
    }

    private static async Task<string> ContainerAsync(OnlineWorld world, ModelOrder order) =>
        (await world.ServerAsync(order.Change.Server)).ShouldNotBeNull()["properties"]!["environmentId"]!.GetValue<string>();
}
