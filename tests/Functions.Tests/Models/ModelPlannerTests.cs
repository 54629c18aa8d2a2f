using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Tests.Models;

public sealed class ModelPlannerTests
{
    private static readonly Sha256Digest Old = Identifier.Parse<Sha256Digest>(new string('a', 64));
    private static readonly Sha256Digest New = Identifier.Parse<Sha256Digest>(new string('b', 64));

    private static readonly ModelEntry Chat = new("chat", "https://ai.example/") { Identity = "2026-08-07", Scope = "https://models.example/.default" };

    private static readonly ModelEntry Flash = new("flash", "https://cluster.example/") { Identity = Old.Value };

    [Fact]
    public void What_serves_already_stays_as_it_is()
    {
        var plan = ModelPlanner.Plan(Slots(), Pins("2026-08-07", Old), [Chat, Flash], known: null);

        plan.Changes.ShouldBeEmpty();
        plan.Entries.ShouldBe([Chat, Flash]);
    }

    [Fact]
    public void A_closed_model_changes_to_a_deployment_of_its_own_in_the_same_account()
    {
        var plan = ModelPlanner.Plan(Slots(), Pins("2026-10-01", Old), [Chat, Flash], known: null);

        plan.Changes.ShouldHaveSingleItem().ShouldBe(new("chat", ModelKind.Closed, "2026-08-07", "2026-10-01", "chat-2026-10-01"));
        plan.Entries.ShouldBe([Chat with { Identity = "2026-10-01", Deployment = "chat-2026-10-01" }, Flash]);
    }

    [Fact]
    public void Open_weights_on_a_cluster_change_to_a_served_name_that_ends_in_their_digest()
    {
        var plan = ModelPlanner.Plan(Slots(), Pins("2026-08-07", New), [Chat, Flash], known: null);

        plan.Changes.ShouldHaveSingleItem().Server.ShouldBe("flash-bbbbbbbbbbbb");
        plan.Entries[1].Asked.ShouldBe("flash-bbbbbbbbbbbb");
        plan.Changes[0].ToString().ShouldBe("flash aaaaaaaaaaaa → bbbbbbbbbbbb");
    }

    [Fact]
    public void Open_weights_on_an_online_endpoint_are_asked_under_their_own_name_by_the_servers_header()
    {
        var plan = ModelPlanner.Plan(Slots(ServingKind.Azureml), Pins("2026-08-07", New), [Chat, Flash], known: null);

        plan.Entries[1].Asked.ShouldBe("flash");
        plan.Entries[1].Headers.ShouldNotBeNull()["azureml-model-deployment"].ShouldBe("w-bbbbbbbbbbbb");
        plan.Changes.ShouldHaveSingleItem().Kind.ShouldBe(ModelKind.Online);
    }

    // An earlier rollout of the same release went by another name, and its revision asks that: a revision never changes.
    [Fact]
    public void A_revision_that_exists_is_given_what_it_asks()
    {
        var known = Chat with { Identity = "2026-10-01", Deployment = "chat" };

        var plan = ModelPlanner.Plan(Slots(), Pins("2026-10-01", Old), [Chat with { Deployment = "chat-2026-11-01", Identity = "2026-11-01" }, Flash], [known, Flash]);

        plan.Changes.ShouldHaveSingleItem().Server.ShouldBe("chat");
        plan.Entries[0].ShouldBe(known);
    }

    // v1 asked chat, v3 came back to the same version under another name, and chat is gone: going back to v1 needs it again.
    [Fact]
    public void What_a_revision_asks_is_brought_up_also_where_the_same_model_serves_under_another_name()
    {
        var plan = ModelPlanner.Plan(Slots(), Pins("2026-08-07", Old), [Chat with { Deployment = "chat-2026-08-07" }, Flash], [Chat, Flash]);

        plan.Changes.ShouldHaveSingleItem().ShouldBe(new("chat", ModelKind.Closed, "2026-08-07", "2026-08-07", "chat") { IsAsked = true });
        plan.Entries[0].ShouldBe(Chat);
    }

    [Fact]
    public void A_revision_that_was_made_before_identities_were_told_gets_what_it_asks()
    {
        var plan = ModelPlanner.Plan(Slots(), Pins("2026-08-07", Old), [Chat with { Deployment = "chat-2026-10-01", Identity = "2026-10-01" }, Flash], [Chat with { Identity = null }, Flash with { Identity = null }]);

        plan.Changes.ShouldHaveSingleItem().Server.ShouldBe("chat");
    }

    [Fact]
    public void A_revision_that_asks_other_models_than_its_release_now_pins_is_refused()
    {
        var plan = ModelPlanner.Plan(Slots(), Pins("2026-11-05", Old), [Chat, Flash], [Chat with { Identity = "2026-10-01", Deployment = "chat-2026-10-01" }, Flash]);

        plan.Rejection.ShouldNotBeNull().ShouldContain("to ask chat 2026-11-05, found 2026-10-01");
    }

    [Fact]
    public void A_release_without_pins_keeps_what_serves_and_is_refused_where_its_revision_asks_something_else()
    {
        var now = Chat with { Identity = "2026-10-01", Deployment = "chat-2026-10-01" };

        ModelPlanner.Plan(Slots(), null, [now, Flash], known: null).Entries.ShouldBe([now, Flash]);
        ModelPlanner.Plan(Slots(), null, [now, Flash], [now, Flash]).Rejection.ShouldBeNull();
        ModelPlanner.Plan(Slots(), null, [now, Flash], [Chat, Flash]).Rejection.ShouldNotBeNull().ShouldContain("expected the release to pin chat");
    }

    [Fact]
    public void A_model_with_several_deployments_changes_in_all_of_them()
    {
        var slots = Slots() with { Account = new("ai", [new("chat", "gpt-5", "DataZoneStandard", 10), new("batch", "gpt-5", "GlobalStandard", 5)]) };

        var plan = ModelPlanner.Plan(slots, Pins("2026-10-01", Old), [Chat, Chat with { Name = "batch" }, Flash], known: null);

        plan.Changes.Select(change => change.Server).ShouldBe(["chat-2026-10-01", "batch-2026-10-01"]);
    }

    // It asks whichever server has the endpoint's traffic: what that is called is not what the gateway's callers say.
    [Fact]
    public void A_revision_that_names_no_server_of_an_endpoint_gets_one_that_is_named_after_its_weights()
    {
        var serving = Flash with { Identity = New.Value, Headers = new Dictionary<string, string> { [ModelPlanner.ServerHeader] = "w-bbbbbbbbbbbb" } };

        var plan = ModelPlanner.Plan(Slots(ServingKind.Azureml), Pins("2026-08-07", Old), [Chat, serving], [Chat, Flash]);

        plan.Changes.ShouldHaveSingleItem().Server.ShouldBe("w-aaaaaaaaaaaa");
        plan.Entries[1].ShouldBe(Flash);
    }

    [Fact]
    public void Another_image_or_other_arguments_of_the_same_weights_are_a_change_on_an_online_endpoint()
    {
        var (slots, plain, tuned) = (Slots(ServingKind.Azureml), Pins("2026-08-07", Old), Pins("2026-08-07", Old, new(Image, ["--seed=1"])));

        var first = ModelPlanner.Plan(slots, tuned, [Chat, Flash], known: null);

        var change = first.Changes.ShouldHaveSingleItem();
        var digest = first.Entries[1].ServerDigest.ShouldNotBeNull();
        (change.From, change.To, change.FromServer, change.ToServer).ShouldBe((Old.Value, Old.Value, null, digest));
        change.Server.ShouldBe($"w-aaaaaaaaaaaa-{digest}");
        change.Server.Length.ShouldBeLessThanOrEqualTo(32);
        change.ToString().ShouldBe($"flash aaaaaaaaaaaa → aaaaaaaaaaaa in {digest}");
        ModelPlanner.Plan(slots, tuned, first.Entries, known: null).Changes.ShouldBeEmpty();

        var other = ModelPlanner.Plan(slots, Pins("2026-08-07", Old, new(Image, ["--seed=2"])), first.Entries, known: null);
        other.Changes.ShouldHaveSingleItem().Server.ShouldNotBe(change.Server);
        var back = ModelPlanner.Plan(slots, plain, first.Entries, known: null);
        back.Changes.ShouldHaveSingleItem().Server.ShouldBe("w-aaaaaaaaaaaa");
        back.Entries[1].ServerDigest.ShouldBeNull();
    }

    [Fact]
    public void A_server_that_says_neither_image_nor_arguments_is_the_stacks_own()
    {
        ModelPlanner.Plan(Slots(ServingKind.Azureml), Pins("2026-08-07", Old, new(null, [])), [Chat, Flash], known: null).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_clusters_operator_starts_a_server_with_is_not_ours_to_see()
    {
        var plan = ModelPlanner.Plan(Slots(), Pins("2026-08-07", New, new(Image, [])), [Chat, Flash], known: null);

        plan.Changes.ShouldHaveSingleItem().Server.ShouldBe("flash-bbbbbbbbbbbb");
        ModelPlanner.Plan(Slots(), Pins("2026-08-07", New, new(Image, ["--seed=1"])), plan.Entries, known: null).Changes.ShouldBeEmpty();
    }

    // An earlier attempt pinned no server, and its revision asks one that runs what the stack's own does.
    [Fact]
    public void A_revision_that_asks_the_stacks_own_server_is_refused_where_its_release_now_pins_one()
    {
        var slots = Slots(ServingKind.Azureml);
        var plain = ModelPlanner.Plan(slots, Pins("2026-08-07", New), [Chat, Flash], known: null).Entries;

        foreach (var (known, found) in new[] { (plain[1], New.Value), (Flash with { Identity = null }, "one of no identity") })
        {
            ModelPlanner.Plan(slots, Pins("2026-08-07", New, new(Image, [])), [Chat, Flash], [Chat, known]).Rejection.ShouldNotBeNull()
                .ShouldEndWith($"found {found}: a revision never changes, so publish other models with another image or under another tag");
        }

        ModelPlanner.Plan(slots, Pins("2026-08-07", New), [Chat, Flash], plain).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_revision_that_asks_another_server_than_its_release_now_pins_is_refused()
    {
        var slots = Slots(ServingKind.Azureml);
        var known = ModelPlanner.Plan(slots, Pins("2026-08-07", Old, new(Image, [])), [Chat, Flash], known: null).Entries;

        foreach (var server in new[] { null, new WeightsServer(Image, ["--seed=1"]) })
        {
            ModelPlanner.Plan(slots, Pins("2026-08-07", Old, server), [Chat, Flash], known).Rejection.ShouldNotBeNull()
                .ShouldEndWith($"found {Old}+{known[1].ServerDigest}: a revision never changes, so publish other models with another image or under another tag");
        }
    }

    [Fact]
    public void A_model_that_the_region_does_not_have_is_refused_with_those_that_it_has()
    {
        var pins = new ModelPins([new("OpenAI", "gpt-6", "1")], []);

        ModelPlanner.Plan(Slots(), pins, [Chat, Flash], known: null).Rejection.ShouldBe("expected gpt-6 among the region's closed models, found gpt-5");
    }

    [Fact]
    public void A_gateway_that_was_told_of_no_models_is_refused()
    {
        ModelPlanner.Plan(Slots(), Pins("2026-10-01", Old), [], known: null).Rejection.ShouldNotBeNull().ShouldContain("expected the gateway that serves to ask a model chat, found none");
    }

    [Theory]
    [InlineData(64, null, "flash: expected weights of at most 128 GB, which is all the accelerators' memory; found 200 GB")]
    [InlineData(1024, 150, "flash: expected weights of at most 150 GB, which is a machine's disk; found 200 GB")]
    [InlineData(1024, null, null)]
    public void Weights_that_find_no_room_are_refused_before_they_are_fetched(int memory, int? disk, string? why)
    {
        var slots = Slots() with { Open = [Slots().Open[0] with { Accelerator = Ascend with { Count = 2, MemoryGb = memory, DiskGb = disk } }] };

        ModelPlanner.Plan(slots, Pins("2026-08-07", New), [Chat, Flash], known: null).Rejection.ShouldBe(why);
        ModelPlanner.Plan(slots, Pins("2026-08-07", Old), [Chat, Flash], known: null).Rejection.ShouldBeNull();
    }

    private static AcceleratorConfiguration Ascend { get; } = new(AcceleratorVendor.Ascend, "Atlas 800 A3", null, 1);

    private static ImageReference Image { get; } = Identifier.Parse<ImageReference>($"contoso.azurecr.io/vllm@sha256:{new string('d', 64)}");

    private static ModelPins Pins(string version, Sha256Digest digest, WeightsServer? server = null) => new(
        [new("OpenAI", "gpt-5", version)],
        [new("flash", "deepseek-ai/Flash", Identifier.Parse<CommitSha>(new string('c', 40)), digest, 200_000_000_000, "MIT", server)]);

    private static RegionModels Slots(ServingKind serving = ServingKind.External) => new(
        new("ai", [new("chat", "gpt-5", "DataZoneStandard", 10)]),
        "stweights",
        [new("flash", serving, Ascend, Workspace: "mlw", OnlineEndpoint: "me")]);
}
