using System.Collections.Concurrent;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Models;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>A release changes the models of both stacks, and they are as good as those before.</summary>
public sealed class NextModelsTests
{
    private const string Next = "2026-10-01";
    private const string Deployment = $"gpt-5-{Next}";
    private const string Flash = "deepseek-v4-flash";

    [Fact]
    public async Task New_models_come_up_beside_the_old_ones_serve_everywhere_and_only_then_the_old_ones_go()
    {
        await using var models = await ModelWorld.StartAsync(waves: 2, DemoStacks.UsClosed);
        var removals = new ConcurrentQueue<(string Subject, IReadOnlyList<string?> Serving)>();
        models.World.Demo.Sandbox.Changes.Changing = change =>
        {
            if (change.Kind == "DELETE Microsoft.CognitiveServices/accounts/deployments")
            {
                removals.Enqueue((change.Subject, [.. models.Regions(DemoStacks.UsClosed)
                    .Where(region => region.Target.Environment.Value == (change.Place.EndsWith("/eastus", StringComparison.Ordinal) ? "staging" : "production"))
                    .Select(region => models.World.Serving(DemoStacks.UsClosed, region.Target.Region.Name.Value))]));
            }

            return true;
        };

        var ended = await models.RollOutAsync("1.1.0", (DemoStacks.UsClosed, DemoModelKind.Next), (DemoStacks.ChinaOpen, DemoModelKind.Next));

        ended.Phase.ShouldBe(RunPhase.Succeeded, string.Join("; ", ended.Rollouts.Select(rollout => rollout.Rollout.Reason)));
        foreach (var rollout in ended.Rollouts)
        {
            var steps = (await models.World.EventsAsync(rollout)).Where(happened => happened.Step is not null).ToLookup(happened => happened.Region, happened => happened.Step!.Value);
            foreach (var region in steps)
            {
                region.Take(4).ShouldBe([RegionStep.Deploying, RegionStep.PreparingModels, RegionStep.Deploying, RegionStep.Verifying], region.Key!.ToString());
            }
        }

        removals.Select(removal => removal.Subject).ShouldBeUnique();
        removals.Count.ShouldBe(3);
        removals.ShouldAllBe(removal => removal.Subject.EndsWith("/deployments/gpt-5") && removal.Serving.All(version => version == "1.1.0"));
        await HasNextClosedModelAsync(models);
        await HasNextWeightsAsync(models);

        var (requests, shown) = (models.China.Hub.Requests, await ScoresAsync(models));
        var again = await models.RollOutAsync("1.2.0", (DemoStacks.UsClosed, DemoModelKind.Next), (DemoStacks.ChinaOpen, DemoModelKind.Next));

        again.Phase.ShouldBe(RunPhase.Succeeded);
        foreach (var rollout in again.Rollouts)
        {
            (await models.World.EventsAsync(rollout)).ShouldAllBe(happened => happened.Step != RegionStep.PreparingModels);
        }

        models.China.Hub.Requests.ShouldBe(requests);
        (await ScoresAsync(models)).ShouldBe(shown, "no suite was run");
        (await models.Regions(DemoStacks.UsClosed)[0].DeploymentsAsync()).Keys.ShouldBe([Deployment]);
    }

    private static async Task HasNextClosedModelAsync(ModelWorld models)
    {
        foreach (var region in models.Regions(DemoStacks.UsClosed))
        {
            var (name, deployment) = (await region.DeploymentsAsync()).ShouldHaveSingleItem();
            name.ShouldBe(Deployment);
            var slot = region.Target.Region.Models!.Account!.Models.ShouldHaveSingleItem();
            deployment["sku"]!["name"]!.GetValue<string>().ShouldBe(slot.Sku);
            deployment["sku"]!["capacity"]!.GetValue<int>().ShouldBe(slot.Capacity);
            (deployment["tags"]!["managed-by"]!.GetValue<string>(), deployment["tags"]!["orchestrator-release"]!.GetValue<string>()).ShouldBe(("orchestrator", "v1.1.0"));
            deployment["properties"]!["versionUpgradeOption"]!.GetValue<string>().ShouldBe("NoAutoUpgrade");
            var entry = (await region.EntriesAsync()).ShouldHaveSingleItem();
            (entry.Name, entry.Identity, entry.Asked).ShouldBe(("gpt-5", Next, Deployment));
            (await region.AnswersAsAsync(ModelKind.Closed, entry)).ShouldBe(Deployment);
            await HasPassedAsync(region, "gpt-5", Next);
        }
    }

    private static async Task HasNextWeightsAsync(ModelWorld models)
    {
        var weights = ModelWorld.Weights(DemoModelKind.Next);
        foreach (var region in models.Regions(DemoStacks.ChinaOpen))
        {
            var folder = await region.FolderAsync(weights);
            (await folder.ProgressAsync(TestContext.Current.CancellationToken)).Unverified.ShouldBeEmpty();
            (await folder.IsCompleteAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
            var entry = (await region.EntriesAsync()).ShouldHaveSingleItem();
            (entry.Name, entry.Identity, entry.Asked).ShouldBe((Flash, weights.Digest().Value, $"{Flash}-{weights.Digest().Value[..12]}"));
            (await region.ServedAsync(entry)).ShouldContain(entry.Asked);
            await HasPassedAsync(region, Flash, weights.Digest().Value);
        }
    }

    private static async Task HasPassedAsync(ModelRegion region, string model, string identity)
    {
        var scores = (await region.ScoresAsync(model)).ShouldNotBeNull();
        (scores.Tag.Value, scores.Identity).ShouldBe(("v1.1.0", identity));
        scores.Candidate.Cases.Count.ShouldBe(scores.Baseline.ShouldNotBeNull().Cases.Count);
        scores.Candidate.Counting().Average(one => one.Share()).ShouldBeGreaterThan(0.9);
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> ScoresAsync(ModelWorld models)
    {
        var at = new List<DateTimeOffset>();
        foreach (var (stack, model) in new[] { (DemoStacks.UsClosed, "gpt-5"), (DemoStacks.ChinaOpen, Flash) })
        {
            foreach (var region in models.Regions(stack))
            {
                at.Add((await region.ScoresAsync(model))!.At);
            }
        }

        return at;
    }
}
