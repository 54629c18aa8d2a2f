using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>What tells the servers of an online endpoint apart: their weights, their image and their arguments.</summary>
public sealed class ServerIdentityTests
{
    private static readonly Sha256Digest Old = Identifier.Parse<Sha256Digest>(new string('a', 64));

    [Fact]
    public async Task The_same_weights_in_another_server_are_a_change_and_going_back_brings_the_earlier_one()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        var weights = world.Know('a');
        var image = Identifier.Parse<ImageReference>($"contoso.azurecr.io/vllm@sha256:{new string('d', 64)}");

        var tuned = world.Order(world.Blue, weights, new(null, ["--max-model-len=65536"]));
        (await world.BringAsync(tuned)).State.ShouldBe(Readiness.Ready);
        await world.RemoveAsync(world.Blue, tuned.Entry());
        (await world.ServerAsync("blue")).ShouldBeNull("it loads the same weights, and is another server");
        (await RunsAsync(tuned)).ShouldBe((OnlineEndpoint.Image('0'), """["--max-model-len=65536"]"""));

        var newer = world.Order(tuned.Entry(), weights, new(image, []));
        (await world.BringAsync(newer)).State.ShouldBe(Readiness.Ready);
        await world.RemoveAsync(tuned.Entry(), newer.Entry());
        (await world.ServerAsync(tuned.Change.Server)).ShouldBeNull();
        (await RunsAsync(newer)).ShouldBe((image.Value, null), "what a release does not say is as the stack's own server has it");

        var back = world.Order(newer.Entry(), weights, new(null, ["--max-model-len=65536"]), known: [tuned.Entry()]);
        back.Change.Server.ShouldBe(tuned.Change.Server);
        (await world.BringAsync(back)).State.ShouldBe(Readiness.Ready);
        await world.RemoveAsync(newer.Entry(), back.Entry());
        (await RunsAsync(back)).ShouldBe((OnlineEndpoint.Image('0'), """["--max-model-len=65536"]"""));

        var plain = world.Order(back.Entry(), weights);
        plain.Change.Server.ShouldBe("w-aaaaaaaaaaaa");
        (await world.BringAsync(plain)).State.ShouldBe(Readiness.Ready);
        (await RunsAsync(plain)).ShouldBe((OnlineEndpoint.Image('0'), null));

        async Task<(string? Image, string? Arguments)> RunsAsync(ModelOrder order)
        {
            var properties = (await world.ServerAsync(order.Change.Server)).ShouldNotBeNull()["properties"]!;
            return ((await world.ContainerAsync(properties["environmentId"]!.GetValue<string>()))!["image"]!.GetValue<string>(), properties["environmentVariables"]!["SERVER_ARGUMENTS"]?.GetValue<string>());
        }
    }

    // It asks whichever server has the traffic: that ran what the stack's own does.
    [Fact]
    public async Task A_revision_that_names_no_server_gets_the_stacks_own_one_back()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        var weights = world.Know('a');
        var tuned = world.Order(world.Blue, weights, new(null, ["--max-model-len=65536"]));
        (await world.BringAsync(tuned)).State.ShouldBe(Readiness.Ready);
        await world.RemoveAsync(world.Blue, tuned.Entry());

        var back = world.Order(tuned.Entry(), weights, known: [world.Blue]);
        (await world.BringAsync(back)).State.ShouldBe(Readiness.Ready);

        back.Change.Server.ShouldBe("w-aaaaaaaaaaaa");
        (await world.ServerAsync("w-aaaaaaaaaaaa")).ShouldNotBeNull()["properties"]!["environmentVariables"]!["SERVER_ARGUMENTS"].ShouldBeNull();
        (await world.AskAsync(world.Blue)).ShouldBe((200, "w-aaaaaaaaaaaa"));
        await world.RemoveAsync(tuned.Entry(), world.Blue);
        (await world.ServerAsync(tuned.Change.Server)).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_runs_something_else_under_the_name_is_refused()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        var weights = world.Know('a');
        var order = world.Order(world.Blue, weights, new(null, ["--seed=1"]));
        await world.PutServerAsync(order.Change.Server, weights.Value);

        (await world.BringAsync(order)).ShouldBe(ModelReadinessOf.Failed($"expected server {order.Change.Server} to run image and arguments {order.Change.ToServer}, found what the stack's own server runs"));
    }

    [Fact]
    public async Task A_server_that_was_made_anew_with_something_else_is_not_what_was_promoted()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        var weights = world.Know('a');
        var order = world.Order(world.Blue, weights, new(null, ["--seed=1"]));
        (await world.BringAsync(order)).State.ShouldBe(Readiness.Ready);
        (await LookAsync()).ShouldBe((Verdict.Pass, $"{OnlineWorld.Model} answers as {OnlineWorld.Model}"));

        await world.PutServerAsync(order.Change.Server, weights.Value);

        (await LookAsync()).ShouldBe((Verdict.Fail, $"expected server {order.Change.Server} to run image and arguments {order.Change.ToServer}, found what the stack's own server runs"));

        async Task<(Verdict, string)> LookAsync()
        {
            var check = await world.Identity.LookAsync(world.Target, ModelKind.Online, order.Entry(), TestContext.Current.CancellationToken);
            return (check.Verdict, check.Detail);
        }
    }

    [Fact]
    public async Task A_server_with_other_weights_under_the_name_is_refused_and_left_alone()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var order = world.Order(world.Blue, world.Know('b'));
        await world.PutServerAsync(order.Change.Server, world.Know('f').Value);

        (await world.BringAsync(order)).ShouldBe(ModelReadinessOf.Failed($"expected server {order.Change.Server} to load weights {new string('b', 64)}, found {new string('f', 64)}"));
        await world.RemoveAsync(order.Entry(), world.Blue);

        (await world.ServerAsync(order.Change.Server)).ShouldNotBeNull("it is somebody else's");
        (await world.TrafficAsync()).ShouldBe("""{"blue":100}""");
    }
}
