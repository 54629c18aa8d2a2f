using Orchestrator.Core.Names;
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
