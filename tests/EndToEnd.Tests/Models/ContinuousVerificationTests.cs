using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.State;
using Orchestrator.Functions.Suites;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>What becomes of models after their promotion, seen on the addresses that users and gateways ask.</summary>
public sealed class ContinuousVerificationTests
{
    private const string Stack = ContinuousWorld.Stack;
    private const string Canary = "us-closed/production/westcentralus";

    [Fact]
    public async Task A_provider_that_upgrades_by_itself_is_found_with_both_names_and_until_then_nothing_is()
    {
        await using var world = await World.OfAsync(Stack, ContinuousWorld.Of("production", ContinuousPolicy.Default));
        (await ContinuousWorld.ShownAsync(world)).Models.ShouldHaveSingleItem().ShouldBe(new(ContinuousWorld.Model, null, null, null), "nobody has looked yet");
        await world.RollOutAsync(manifest: DemoReleases.Manifest(DemoReleases.NextVersion, new Dictionary<string, DemoModelKind> { [Stack] = DemoModelKind.Next }));

        var good = (await ContinuousWorld.VerifyAsync(world)).Regions.ShouldHaveSingleItem();

        good.Finding.ShouldBeNull();
        good.Release.ShouldBe("v1.1.0");
        var model = good.Models.ShouldHaveSingleItem();
        model.Identity.ShouldBe(ContinuousWorld.Next);
        model.LastLook.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Pass);
        model.LastLook.Score.ShouldBe(1);
        good.Check(ModelCheckKind.Identity).Detail.ShouldBe("gpt-5-2026-10-01 answers as gpt-5-2026-10-01");
        good.Check(ModelCheckKind.Quality).Detail.ShouldContain("below the baseline's 100", customMessage: "it is compared with what the gate has kept");

        var catalog = ContinuousWorld.Catalog(world);
        catalog.Add(SandboxModel.Closed(ContinuousWorld.Model, "2026-12-01"));
        catalog.UpgradeSilently(ContinuousWorld.Model, ContinuousWorld.Next, "2026-12-01");
        var changed = (await ContinuousWorld.VerifyAsync(world, new { stack = Stack, environment = "production", region = "westcentralus" })).Regions.ShouldHaveSingleItem();

        var finding = changed.Finding.ShouldNotBeNull();
        finding.Kind.ShouldBe(FindingKind.Drift);
        finding.Detail.ShouldBe("gpt-5: expected gpt-5-2026-10-01 to answer as gpt-5-2026-10-01, found gpt-5-2026-12-01");
        finding.RepairRun.ShouldBeNull("policy does not say that it is gone back");
        using var watched = await world.PostAsync("watch");
        (await ContinuousWorld.ShownAsync(world)).Finding.ShouldBe(finding, "who looks at the workload alone takes nothing of it away");
        using var health = await world.Keyed.GetAsync(new Uri($"api/health/{Canary}", UriKind.Relative), TestContext.Current.CancellationToken);
        (await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("found gpt-5-2026-12-01");
        await ShouldHoldNoAnswersAsync(world);
    }

    [Fact]
    public async Task A_release_whose_model_gets_worse_soon_is_gone_back_from_in_the_whole_environment_and_only_once()
    {
        await using var world = await World.OfAsync(Stack, ContinuousWorld.Of("production", ContinuousPolicy.Default with { RollBackWithin = TimeSpan.FromDays(1) }, waves: 2));
        await world.RollOutAsync("1.0.1");
        await world.RollOutAsync("1.1.0");
        (await ContinuousWorld.VerifyAsync(world)).Regions.ShouldAllBe(region => region.Finding == null);
        ContinuousWorld.Catalog(world).Add(SandboxModel.Closed(ContinuousWorld.Model, ContinuousWorld.First, quality: 0.3));

        var found = (await ContinuousWorld.VerifyAsync(world)).Regions;

        found.Select(region => region.Region.Value).ShouldBe(["westcentralus", "westus3"], ignoreOrder: true);
        found.ShouldAllBe(region => region.RollBack == "v1.1.0 goes back to v1.0.1");
        found.ShouldAllBe(region => region.Check(ModelCheckKind.Identity).Verdict == Verdict.Pass);
        found[0].Finding.ShouldNotBeNull().Detail.ShouldMatch("gpt-5: quality: expected at most 20 points below the baseline's 100.*: worse in .*chinese-extract-city");
        var run = found.Select(region => region.Finding!.RepairRun).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        await world.Demo.Host.Client.WaitForInstanceCompletionAsync(run, TestContext.Current.CancellationToken);
        (await world.FindRunAsync(run)).ShouldNotBeNull().Phase.ShouldBe(RunPhase.Succeeded);
        world.Serving(Stack, "westcentralus").ShouldBe("1.0.1");
        world.Serving(Stack, "westus3").ShouldBe("1.0.1");
        (await world.LaneAsync(Stack, "production")).Held.ShouldBe("orchestrator went back to v1.0.1", "as after a person has gone back");

        var still = (await ContinuousWorld.VerifyAsync(world, new { region = "westus3" })).Regions.ShouldHaveSingleItem();
        still.RollBack.ShouldBe("v1.0.1 is not gone back from: v1.0.1 was itself gone back to, and a rollback is not rolled back");
    }

    [Fact]
    public async Task Looks_come_as_often_as_policy_says_and_outside_of_the_window_it_is_only_told()
    {
        var time = new SimulatedTime(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var options = SandboxStacks.Options(new());
        await using var world = await TimedWorld.StartAsync(
            options with { GitHub = options.GitHub with { TimeProvider = time }, Limits = new(1_000_000, 1_000_000, 1_000_000, 1_000_000) },
            [DemoStacks.Of(Stack)],
            topology => ContinuousWorld.Of("production", ContinuousPolicy.Default with { RollBackWithin = TimeSpan.FromDays(1) })(topology),
            time);
        var verifier = world.Host.Services.GetRequiredService<ModelVerifier>();
        var catalog = world.Sandbox.Clouds[SandboxStacks.CloudOf(Stack)].Models;
        (await world.RollOutAsync()).Phase.ShouldBe(RunPhase.Succeeded);
        async Task<RegionModelsView> NowAsync() => (await verifier.LookNowAsync(world.Host.Client, _ => true, TestContext.Current.CancellationToken)).Regions.ShouldHaveSingleItem();
        async Task<int> TickAsync() => (await verifier.TickAsync(world.Host.Client, TestContext.Current.CancellationToken)).Regions.Count;

        (await TickAsync()).ShouldBe(1);
        (await TickAsync()).ShouldBe(0, "it is not due");
        time.Advance(TimeSpan.FromHours(6));
        (await TickAsync()).ShouldBe(1);

        catalog.Add(SandboxModel.Closed(ContinuousWorld.Model, ContinuousWorld.First, quality: 0.3));
        var soon = await NowAsync();
        soon.Finding.ShouldNotBeNull().RepairRun.ShouldBeNull();
        soon.RollBack.ShouldBe("v1.1.0 is not gone back from: expected a release before v1.1.0 to go back to, found none");

        time.Advance(TimeSpan.FromDays(2));
        var late = await NowAsync();
        late.Finding.ShouldNotBeNull().Since.ShouldBe(soon.Finding.Since, "it is the same finding still");
        late.RollBack.ShouldBe("v1.1.0 is not gone back from: it was not promoted within the time that policy says");

        catalog.Add(SandboxModel.Closed(ContinuousWorld.Model, ContinuousWorld.First) with { Manner = "Something else." });
        var otherWords = await NowAsync();
        otherWords.Finding.ShouldNotBeNull().Detail.ShouldStartWith("gpt-5: answers changed though the identity did not: 8 of 8 answers differ");
        otherWords.Check(ModelCheckKind.Quality).Verdict.ShouldBe(Verdict.Pass);
        otherWords.RollBack.ShouldBeNull("words alone take nothing back");

        catalog.Add(SandboxModel.Closed(ContinuousWorld.Model, ContinuousWorld.First));
        (await NowAsync()).Finding.ShouldBeNull("it is as it was again");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_does_not_answer_is_no_drift(bool isLimited)
    {
        await using var world = await World.OfAsync(Stack, ContinuousWorld.Of("production", ContinuousPolicy.Default with { Cases = 5 }));
        await world.RollOutAsync();
        (await ContinuousWorld.VerifyAsync(world)).Regions.ShouldHaveSingleItem().Models[0].LastLook.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Pass);
        if (isLimited)
        {
            world.Demo.Sandbox.Clouds[SandboxStacks.CloudOf(Stack)].ModelFaults.Set(ContinuousWorld.Model, ModelFaultKind.RateLimited);
        }
        else
        {
            world.With(Stack, "westcentralus", FaultKind.Unreachable, FaultReach.All);
        }

        var look = (await ContinuousWorld.VerifyAsync(world)).Regions.ShouldHaveSingleItem();

        look.Finding.ShouldBeNull();
        look.Check(ModelCheckKind.Quality).Verdict.ShouldBe(Verdict.Error);
        look.Check(ModelCheckKind.Identity).Verdict.ShouldBe(isLimited ? Verdict.Error : Verdict.Pass, "a model is asked itself, not by way of the gateway");
    }

    [Fact]
    public async Task Regions_that_a_rollout_is_at_are_left_alone_and_others_have_to_be_named_rightly()
    {
        var policy = ContinuousWorld.Of("production", ContinuousPolicy.Default);
        await using var world = await World.StartAsync(topology => World.Environment(Stack, "production", environment => environment with
        {
            Rollout = environment.Rollout with { Promotion = Promotion.Manual },
        })(policy(topology)));
        await world.PublishAsync();
        await world.UntilAsync(Stack, "production", rollout => rollout.Waves[0].Regions[0].Step == RegionStep.AwaitingPromotion);

        var look = await ContinuousWorld.VerifyAsync(world);
        look.Regions.ShouldBeEmpty();
        look.LeftAlone.ShouldBe([$"{Canary}: v1.1.0 has the lane"]);

        using var unknown = await world.PostAsync("models/verify", new { region = "eastus2" });
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"{Canary}; found '*/*/eastus2'");
    }

    // What models answer stays where it is asked: the store has names, numbers and hashes.
    private static async Task ShouldHoldNoAnswersAsync(World world)
    {
        var store = world.Demo.Host.Services.GetRequiredService<IStateStore>();
        var kept = new List<string>();
        foreach (var kind in new[] { "model-looks", "model-fingerprints", "suite-scores", "findings" })
        {
            kept.AddRange((await store.ListAsync(kind, TestContext.Current.CancellationToken)).Select(entry => entry.Json));
        }

        kept.Count.ShouldBe(4);
        kept.ShouldAllBe(json => !json.Contains("small model", StringComparison.OrdinalIgnoreCase) && !json.Contains("小模型", StringComparison.Ordinal) && !json.Contains("function ", StringComparison.Ordinal));
        using var fingerprint = JsonDocument.Parse(kept.Single(json => json.Contains("hashes", StringComparison.Ordinal)));
        fingerprint.RootElement.GetProperty("hashes").EnumerateObject().Select(hash => hash.Value.GetString()!).ShouldAllBe(hash => hash.Length == 64 && hash.All(char.IsAsciiHexDigit));
    }
}
