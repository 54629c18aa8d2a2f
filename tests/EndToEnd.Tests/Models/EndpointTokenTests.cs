using Microsoft.Extensions.Time.Testing;
using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Models.Continuous;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>An online endpoint on a cluster takes no tokens of Entra's, but those alone that it gives out itself.</summary>
public sealed class EndpointTokenTests
{
    private static readonly Sha256Digest Weights = Identifier.Parse<Sha256Digest>(new string('a', 64));

    [Fact]
    public async Task Its_model_is_asked_with_the_token_that_it_gives_out()
    {
        await using var world = await OnlineWorld.StartAsync(Weights, isOnCluster: true);
        world.Know('a');

        var answer = await world.Probe.AskAsync(world.Target, ModelKind.Online, world.Blue, TestContext.Current.CancellationToken);
        (answer.Status, answer.Model).ShouldBe((200, OnlineWorld.Model));
        (await world.Probe.ServedAsync(world.Target, ModelKind.Online, world.Blue, TestContext.Current.CancellationToken)).Names.ShouldBe([OnlineWorld.Model]);
        (await world.AskAsync(world.Blue)).ShouldBe((200, "blue"));
        (await world.StatusOfAsync(null)).ShouldBe(401);
    }

    [Theory]
    [InlineData("https://ml.azure.com/.default")]
    [InlineData("https://management.azure.com/.default")]
    public async Task Entras_tokens_are_refused_and_that_says_nothing_of_the_model(string scope)
    {
        await using var world = await OnlineWorld.StartAsync(Weights, isOnCluster: true);
        world.Know('a');
        var plain = world.Blue with { Scope = scope, TokenEndpoint = null };

        var answer = await world.Probe.AskAsync(world.Target, ModelKind.Online, plain, TestContext.Current.CancellationToken);

        (answer.Status, answer.Model, answer.MayComeYet).ShouldBe((401, null, false));
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused_and_the_next_request_comes_with_a_new_one()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await OnlineWorld.StartAsync(Weights, isOnCluster: true, time);
        world.Know('a');
        var first = await world.Addresses.TokenAsync(world.Target, world.Blue, TestContext.Current.CancellationToken);
        (await world.StatusOfAsync(first)).ShouldBe(200);
        time.Advance(OnlineWorld.EndpointTokenLife - TimeSpan.FromSeconds(2));
        (await world.StatusOfAsync(first)).ShouldBe(200);

        time.Advance(TimeSpan.FromSeconds(2));

        (await world.StatusOfAsync(first)).ShouldBe(401);
        (await world.Probe.AskAsync(world.Target, ModelKind.Online, world.Blue, TestContext.Current.CancellationToken)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_endpoint_that_takes_Entras_tokens_gives_out_none()
    {
        await using var world = await OnlineWorld.StartAsync(Weights);
        world.Know('a');

        var refused = await Should.ThrowAsync<StackRefusedException>(() => world.Addresses.TokenAsync(world.Target, world.Blue with { TokenEndpoint = world.TokenEndpoint }, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain($"asking for {OnlineWorld.Model}'s own token: ARM answered 400");
    }

    [Fact]
    public async Task A_server_is_brought_up_and_looked_at_with_it()
    {
        await using var world = await OnlineWorld.StartAsync(Weights, isOnCluster: true);
        world.Know('a');
        var order = world.Order(world.Blue, world.Know('b'));

        (await world.BringAsync(order)).ShouldBe(ModelReadinessOf.Ready($"server {order.Change.Server} answers as {OnlineWorld.Model}"));

        order.Entry().TokenEndpoint.ShouldBe(world.TokenEndpoint);
        (await world.Identity.LookAsync(world.Target, ModelKind.Online, order.Entry(), TestContext.Current.CancellationToken))
            .ShouldBe(new(ModelCheckKind.Identity, Verdict.Pass, $"{OnlineWorld.Model} answers as {OnlineWorld.Model}"));
    }
}
