using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>Whose the servers of an online endpoint are, by their tags: which are used, which are removed, which are told.</summary>
public sealed class ServerOwnershipTests
{
    private static readonly Sha256Digest Old = Identifier.Parse<Sha256Digest>(new string('a', 64));

    [Fact]
    public async Task A_server_that_somebody_else_made_is_neither_used_nor_removed()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var order = world.Order(world.Blue, world.Know('b'));
        await world.PutServerAsync(order.Change.Server, new string('b', 64));

        var refused = await world.BringAsync(order);

        (refused.State, refused.Verdict).ShouldBe((Readiness.Failed, Verdict.Error));
        refused.Detail.ShouldStartWith($"expected server {order.Change.Server} to be made by the orchestrator or by the stack's own program (tag managed-by: orchestrator or pulumi), found no tag managed-by: remove it, ");
        await world.RemoveAsync(order.Entry(), world.Blue, isReplaced: false);
        await world.RemoveAsync(order.Entry(), world.Blue);
        (await world.ServerAsync(order.Change.Server)).ShouldNotBeNull();
    }

    // An attempt before this one asked it, and somebody has taken the tags off since.
    [Fact]
    public async Task A_server_without_a_tag_is_used_where_a_revision_of_the_release_asks_it_and_never_removed()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var weights = world.Know('b');
        var before = world.Order(world.Blue, weights);
        await world.PutServerAsync(before.Change.Server, weights.Value);
        var order = world.Order(world.Blue, weights, known: [before.Entry()]);

        (await world.BringAsync(order)).ShouldBe(ModelReadinessOf.Ready($"server {order.Change.Server} answers as {OnlineWorld.Model}"));

        await world.RemoveAsync(order.Entry(), world.Blue, isReplaced: false);
        await world.RemoveAsync(order.Entry(), world.Blue);
        (await world.ServerAsync(order.Change.Server)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_the_infra_program_made_is_used_and_goes_only_when_a_release_has_taken_its_place()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var order = world.Order(world.Blue, world.Know('b'));
        await world.PutServerAsync(order.Change.Server, new string('b', 64), "pulumi");

        (await world.BringAsync(order)).State.ShouldBe(Readiness.Ready);

        await world.RemoveAsync(order.Entry(), world.Blue, isReplaced: false);
        (await world.ServerAsync(order.Change.Server)).ShouldNotBeNull("a candidate that is gone back from has found it there");
        await world.RemoveAsync(order.Entry(), world.Blue);
        (await world.ServerAsync(order.Change.Server)).ShouldBeNull();
    }

    // A policy of the subscription writes the tags of the resource group over it.
    [Theory]
    [InlineData("pulumi", "managed-by: pulumi")]
    [InlineData(null, "no tag managed-by")]
    public async Task A_candidates_server_that_has_lost_its_mark_stays_and_is_told(string? maker, string told)
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var order = world.Order(world.Blue, world.Know('b'));
        (await world.BringAsync(order)).State.ShouldBe(Readiness.Ready);
        await world.TagServerAsync(order.Change.Server, maker);

        (await Should.ThrowAsync<StackRefusedException>(() => world.RemoveAsync(order.Entry(), world.Blue, isReplaced: false))).Message
            .ShouldEndWith($"/onlineEndpoints/models/deployments/{order.Change.Server} keeps its machines, as the orchestrator removes no candidate's server with {told}: remove it, or give it the tag managed-by: orchestrator");

        (await world.ServerAsync(order.Change.Server)).ShouldNotBeNull();
        await world.TagServerAsync(order.Change.Server, "orchestrator");
        await world.SweepAsync(world.Blue);
        (await world.ServerAsync(order.Change.Server)).ShouldBeNull();
    }

    [Fact]
    public async Task Servers_of_ours_that_nobody_asks_are_swept_and_no_others()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var (left, serving) = (world.Order(world.Blue, world.Know('b')), world.Order(world.Blue, world.Know('c')));
        await world.BringAsync(left);
        await world.BringAsync(serving);
        await world.PutServerAsync("somebody-elses", new string('b', 64));

        await world.SweepAsync(serving.Entry());

        (await world.ServerAsync(left.Change.Server)).ShouldBeNull();
        foreach (var stays in new[] { "blue", serving.Change.Server, "somebody-elses" })
        {
            (await world.ServerAsync(stays)).ShouldNotBeNull(stays);
        }

        await world.GiveTrafficAsync(serving.Change.Server);
        await world.SweepAsync(world.Blue);
        (await world.ServerAsync(serving.Change.Server)).ShouldNotBeNull("who names no server asks it");
    }
}
