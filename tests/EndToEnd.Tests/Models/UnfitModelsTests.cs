using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Releases;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>What a release brings is worse, or is not what it says: the stack that it is for stays as it is, and the other one goes on.</summary>
public sealed class UnfitModelsTests
{
    private const string Flash = "deepseek-v4-flash";

    [Theory]
    [InlineData(DemoStacks.UsClosed, "gpt-5")]
    [InlineData(DemoStacks.ChinaOpen, Flash)]
    public async Task A_worse_model_gets_no_traffic_and_the_other_stack_does_not_hear_of_it(string stack, string model)
    {
        await using var models = await ModelWorld.StartAsync(waves: 1);
        var other = DemoStacks.Names.Single(name => name != stack);
        var region = models.Regions(stack)[0];
        var before = await region.EntriesAsync();

        var ended = await models.RollOutAsync("1.1.0", (stack, DemoModelKind.Worse), (other, DemoModelKind.Same));

        var rollout = ModelWorld.Of(ended, stack);
        rollout.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        rollout.Rollout.Verdict.ShouldBe(Verdict.Fail);
        ended.Rollouts.Where(one => one.Rollout.Stack.Value == stack).ShouldHaveSingleItem("production is not begun");
        var events = (await models.World.EventsAsync(rollout)).Where(happened => happened.Step is not null).ToArray();
        events.Select(happened => happened.Step!.Value).ShouldBe(
            [RegionStep.Deploying, RegionStep.PreparingModels, RegionStep.Deploying, RegionStep.Verifying, RegionStep.RollingBack, RegionStep.RolledBack]);
        events.ShouldAllBe(happened => happened.Weight == 0);
        var reason = ModelWorld.Runs(rollout)[0].Reason.ShouldNotBeNull();
        reason.ShouldStartWith($"{model}: ");
        var shown = (await region.ScoresAsync(model)).ShouldNotBeNull();
        (await region.PassedAsync(model)).ShouldBeNull("what failed is nothing that a model is held to later");
        var lost = shown.Candidate.Cases.Where(one => shown.Baseline!.Cases.Any(had => had.Id == one.Id && had.Share() > one.Share())).Select(one => one.Id).ToArray();
        lost.ShouldContain(id => reason.Contains(id, StringComparison.Ordinal), reason);

        (await region.EntriesAsync()).Single().ShouldBe(before.Single());
        models.World.Serving(stack, region.Target.Region.Name.Value).ShouldBe("1.0.0");
        if (stack == DemoStacks.UsClosed)
        {
            (await region.DeploymentsAsync()).Keys.ShouldBe(["gpt-5"]);
            (await region.AnswersAsAsync(ModelKind.Closed, before[0])).ShouldBe("gpt-5-2026-08-07");
        }

        ended.Rollouts.Where(one => one.Rollout.Stack.Value == other).Select(one => one.Rollout.Phase).ShouldBe([RunPhase.Succeeded, RunPhase.Succeeded]);
        models.Regions(other).ShouldAllBe(one => models.World.Serving(other, one.Target.Region.Name.Value) == "1.1.0");
    }

    [Fact]
    public async Task Weights_with_one_wrong_bit_are_never_served()
    {
        await using var models = await ModelWorld.StartAsync();
        DemoModels.Corrupt(models.China);
        var region = models.Regions(DemoStacks.ChinaOpen)[0];
        var before = (await region.EntriesAsync()).ShouldHaveSingleItem();

        var ended = await models.RollOutAsync("1.1.0", (DemoStacks.UsClosed, DemoModelKind.Next), (DemoStacks.ChinaOpen, DemoModelKind.Corrupt));

        var rollout = ModelWorld.Of(ended, DemoStacks.ChinaOpen);
        rollout.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        rollout.Rollout.Verdict.ShouldBe(Verdict.Fail);
        var run = ModelWorld.Runs(rollout).ShouldHaveSingleItem();
        var weights = ModelWorld.Weights(DemoModelKind.Next);
        var shard = weights.Files.Single(file => file.Path == "model-00001-of-00002.safetensors");
        run.Reason.ShouldNotBeNull().ShouldContain($"expected {shard.Path} to have SHA-256 {shard.Sha256}, found ");
        run.Candidate.ShouldBeNull();
        (await models.World.EventsAsync(rollout)).Select(happened => happened.Step).OfType<RegionStep>().ShouldBe(
            [RegionStep.Deploying, RegionStep.PreparingModels, RegionStep.RollingBack, RegionStep.RolledBack]);

        var folder = await region.FolderAsync(weights);
        (await folder.IsCompleteAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await folder.ProgressAsync(TestContext.Current.CancellationToken)).Unverified.ShouldContain(shard);
        (await region.ServedAsync(before)).ShouldBe([Flash], "nothing new was brought up");
        (await region.EntriesAsync()).ShouldHaveSingleItem().ShouldBe(before);
        models.China.Apps().ShouldAllBe(app => app.Revisions.All(revision => revision.Version == "1.0.0"));
        ModelWorld.Of(ended, DemoStacks.UsClosed).Rollout.Phase.ShouldBe(RunPhase.Succeeded);
        (await models.Regions(DemoStacks.UsClosed)[0].EntriesAsync()).ShouldHaveSingleItem().Asked.ShouldBe("gpt-5-2026-10-01");
    }

    [Fact]
    public async Task Weights_that_the_hub_does_not_have_so_are_refused_with_what_it_has()
    {
        await using var models = await ModelWorld.StartAsync();
        const string Shard = "model-00002-of-00002.safetensors";
        var region = models.Regions(DemoStacks.ChinaOpen)[0];

        models.China.Hub.SetFault(Shard, new() { ExtraBytes = -1_000 });
        await IsRefusedAsync("1.1.0", manifest => manifest, $"{Shard}: expected 1000000 bytes, found that the hub has 999000");
        models.China.Hub.ClearFault(Shard);

        await IsRefusedAsync("1.2.0", manifest => manifest.Replace("\"LICENSE\"", "\"LICENCE\"", StringComparison.Ordinal), "LICENCE: expected hub.azure-china.localhost to give the file, found 404");

        async Task IsRefusedAsync(string version, Func<string, string> change, string reason)
        {
            var manifest = change(ModelWorld.Manifest(version, (DemoStacks.ChinaOpen, DemoModelKind.Next)).ToJsonString());
            var weights = Core.Releases.ReleaseManifestParser.Parse(manifest).Value!.Stacks.Values.Single().OpenWeights[0];

            var ended = await models.RollOutAsync(System.Text.Json.Nodes.JsonNode.Parse(manifest)!.AsObject());

            var rollout = ModelWorld.Of(ended, DemoStacks.ChinaOpen);
            rollout.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
            rollout.Rollout.Verdict.ShouldBe(Verdict.Fail);
            ModelWorld.Runs(rollout)[0].Reason.ShouldNotBeNull().ShouldContain(reason);
            (await (await region.FolderAsync(weights)).IsCompleteAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
            (await region.ServedAsync((await region.EntriesAsync())[0])).ShouldBe([Flash]);
        }
    }
}
