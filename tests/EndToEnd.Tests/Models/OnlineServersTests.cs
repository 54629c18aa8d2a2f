using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>Servers of an online endpoint, through the simulated ARM of Azure Machine Learning and the servers' own API.</summary>
public sealed class OnlineServersTests
{
    private static readonly Sha256Digest Old = Identifier.Parse<Sha256Digest>(new string('a', 64));

    [Fact]
    public async Task A_server_comes_up_beside_the_one_that_serves_and_takes_its_place()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var image = Identifier.Parse<ImageReference>($"contoso.azurecr.io/vllm@sha256:{new string('d', 64)}");
        var order = world.Order(world.Blue, world.Know('b'), new(image, ["--max-model-len=65536", "--enable-prefix-caching"]));
        var server = order.Change.Server;
        server.ShouldBe($"w-bbbbbbbbbbbb-{order.Entry().ServerDigest}");

        (await world.BringAsync(order)).ShouldBe(ModelReadinessOf.Ready($"server {server} answers as {OnlineWorld.Model}"));

        var (blue, made) = ((await world.ServerAsync("blue"))!, (await world.ServerAsync(server))!);
        made["sku"]!.ToJsonString().ShouldBe(blue["sku"]!.ToJsonString());
        foreach (var same in new[] { "endpointComputeType", "instanceType", "requestSettings" })
        {
            made["properties"]![same]!.ToJsonString().ShouldBe(blue["properties"]![same]!.ToJsonString());
        }

        var variables = made["properties"]!["environmentVariables"]!;
        variables["WEIGHTS_DIGEST"]!.GetValue<string>().ShouldBe(new string('b', 64));
        variables["WEIGHTS_URL"]!.GetValue<string>().ShouldBe($"https://weights.blob.example/weights/{new string('b', 64)}");
        variables["SERVED_MODEL_NAME"]!.GetValue<string>().ShouldBe(OnlineWorld.Model);
        variables["AZURE_CLIENT_ID"]!.GetValue<string>().ShouldBe("an-identity");
        variables["SERVER_ARGUMENTS"]!.GetValue<string>().ShouldBe("""["--max-model-len=65536","--enable-prefix-caching"]""");
        (await world.ContainerAsync(made["properties"]!["environmentId"]!.GetValue<string>()))!["image"]!.GetValue<string>().ShouldBe(image.Value);
        made["tags"]!.ToJsonString().ShouldBe("""{"managed-by":"orchestrator","cost-centre":"1234","orchestrator-release":"v1.1.0"}""");
        made["properties"]!["properties"]!["weights-digest"]!.GetValue<string>().ShouldBe(new string('b', 64));

        (await world.TrafficAsync()).ShouldBe("""{"blue":100}""", "nobody asks the new one but by its header");
        (await world.AskAsync(world.Blue)).ShouldBe((200, "blue"));
        (await world.AskAsync(order.Entry())).ShouldBe((200, server));

        var changes = world.Watch();
        await world.RemoveAsync(world.Blue, order.Entry());
        changes.ShouldBe(["PUT onlineEndpoints/models", "DELETE onlineEndpoints/models/deployments/blue"]);
        (await world.TrafficAsync()).ShouldBe($$"""{"{{server}}":100}""");
        await world.RemoveAsync(world.Blue, order.Entry());
        changes.Count.ShouldBe(2, "there is nothing left to remove");
        (await world.ServerAsync("blue")).ShouldBeNull();
        (await world.AskAsync(order.Entry())).ShouldBe((200, server));
    }

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
        (await RunsAsync(tuned)).ShouldBe((OnlineWorld.Image('0'), """["--max-model-len=65536"]"""));

        var newer = world.Order(tuned.Entry(), weights, new(image, []));
        (await world.BringAsync(newer)).State.ShouldBe(Readiness.Ready);
        await world.RemoveAsync(tuned.Entry(), newer.Entry());
        (await world.ServerAsync(tuned.Change.Server)).ShouldBeNull();
        (await RunsAsync(newer)).ShouldBe((image.Value, null), "what a release does not say is as the stack's own server has it");

        var back = world.Order(newer.Entry(), weights, new(null, ["--max-model-len=65536"]), known: [tuned.Entry()]);
        back.Change.Server.ShouldBe(tuned.Change.Server);
        (await world.BringAsync(back)).State.ShouldBe(Readiness.Ready);
        await world.RemoveAsync(newer.Entry(), back.Entry());
        (await RunsAsync(back)).ShouldBe((OnlineWorld.Image('0'), """["--max-model-len=65536"]"""));

        var plain = world.Order(back.Entry(), weights);
        plain.Change.Server.ShouldBe("w-aaaaaaaaaaaa");
        (await world.BringAsync(plain)).State.ShouldBe(Readiness.Ready);
        (await RunsAsync(plain)).ShouldBe((OnlineWorld.Image('0'), null));

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
    public async Task A_removal_that_was_cut_short_is_finished_later()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');
        var order = world.Order(world.Blue, world.Know('b'));
        (await world.BringAsync(order)).State.ShouldBe(Readiness.Ready);
        await world.GiveTrafficAsync(order.Change.Server);

        await world.RemoveAsync(world.Blue, order.Entry());

        (await world.ServerAsync("blue")).ShouldBeNull("it had no traffic any more, and no name in what asked it");
        (await world.ServerAsync(order.Change.Server)).ShouldNotBeNull();
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
            .ShouldEndWith($"/onlineEndpoints/models/deployments/{order.Change.Server} keeps its machines, as the orchestrator removes nothing with {told}: remove it, or give it the tag managed-by: orchestrator");

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

    // A revision never changes: what asked without a name has to find its weights behind the traffic.
    [Fact]
    public async Task A_revision_that_names_no_server_gets_its_weights_back_by_the_traffic()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        var old = world.Know('a');
        var next = world.Order(world.Blue, world.Know('b'));
        await world.BringAsync(next);
        await world.RemoveAsync(world.Blue, next.Entry());

        var back = world.Order(next.Entry(), old, known: [world.Blue]);
        back.Entry().ShouldBe(world.Blue);
        (await world.BringAsync(back)).ShouldBe(ModelReadinessOf.Ready($"server w-aaaaaaaaaaaa answers as {OnlineWorld.Model}"));

        (await world.AskAsync(world.Blue)).ShouldBe((200, "w-aaaaaaaaaaaa"));
        (await world.AskAsync(next.Entry())).ShouldBe((200, next.Change.Server), "what serves meanwhile loses nothing");
        await world.RemoveAsync(next.Entry(), world.Blue);
        (await world.ServerAsync(next.Change.Server)).ShouldBeNull();
        (await world.AskAsync(world.Blue)).ShouldBe((200, "w-aaaaaaaaaaaa"));
    }

    [Fact]
    public async Task An_endpoint_that_the_gateway_of_a_stack_may_ask_wants_a_token_and_gets_one()
    {
        await using var world = await OnlineWorld.StartAsync(Old);
        world.Know('a');

        (await world.AskAsync(world.Blue)).ShouldBe((200, "blue"));
        (await world.AskAsync(world.Blue with { Scope = null })).Status.ShouldBe(401);
        (await world.AskAsync(world.Blue with { Scope = "https://management.azure.com/.default" })).Status.ShouldBe(401);
        ModelAddresses.ApiOf(ModelKind.Online, world.Blue).AbsolutePath.ShouldBe("/v1/");
    }
}

/// <summary>What is expected of a model.</summary>
internal static class ModelReadinessOf
{
    public static ModelReadiness Ready(string detail) => new(Readiness.Ready, detail);

    public static ModelReadiness Failed(string detail) => new(Readiness.Failed, detail);
}
