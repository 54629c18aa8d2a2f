using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Watch;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What happens to a region between two rollouts.</summary>
public sealed class WatchTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Region = "us-closed/staging/eastus";

    [Fact]
    public async Task Nothing_is_found_where_everything_is_as_it_was_promoted()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync();

        (await WatchAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Traffic_that_somebody_has_moved_is_found_and_shown_in_health_until_it_is_back()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync();
        await MoveAsync(world, "1.0.0");

        var finding = (await WatchAsync(world)).ShouldHaveSingleItem();
        finding.Key.ShouldBe(Region);
        finding.Value.Kind.ShouldBe(FindingKind.Drift);
        finding.Value.Detail.ShouldContain("as promoted; found gateway-eastus--");
        (await WatchAsync(world)).Values.ShouldHaveSingleItem().Since.ShouldBe(finding.Value.Since, "it is the same finding still");
        var health = await HealthAsync(world);
        health.GetProperty("status").GetString().ShouldBe("Unhealthy", "another version answers");
        health.GetProperty("data").GetProperty("finding").GetProperty("kind").GetString().ShouldBe("drift");

        await MoveAsync(world, "1.1.0");
        (await WatchAsync(world)).ShouldBeEmpty();
        (await HealthAsync(world)).GetProperty("status").GetString().ShouldBe("Healthy");
    }

    [Fact]
    public async Task Drift_is_repaired_where_policy_says_so()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, "staging", environment => environment with { Drift = DriftAction.Repair }));
        await world.RollOutAsync();
        await MoveAsync(world, "1.0.0");

        var run = (await WatchAsync(world))[Region].RepairRun.ShouldNotBeNull();
        await world.Demo.Host.Client.WaitForInstanceCompletionAsync(run, TestContext.Current.CancellationToken);

        (await world.FindRunAsync(run)).ShouldNotBeNull().Phase.ShouldBe(RunPhase.Succeeded);
        world.Serving(Stack, "eastus").ShouldBe("1.1.0");
        (await WatchAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Drift_that_cannot_be_repaired_is_not_repaired_again_and_again()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, "staging", environment => environment with { Drift = DriftAction.Repair }));
        await world.RollOutAsync();
        await MoveAsync(world, "1.0.0");
        world.With(Stack, "eastus", FaultKind.Errors, FaultReach.All);

        var run = (await WatchAsync(world))[Region].RepairRun.ShouldNotBeNull();
        await world.Demo.Host.Client.WaitForInstanceCompletionAsync(run, TestContext.Current.CancellationToken);

        (await world.FindRunAsync(run)).ShouldNotBeNull().Phase.ShouldBe(RunPhase.RolledBack);
        (await WatchAsync(world))[Region].RepairRun.ShouldBe(run);
    }

    [Fact]
    public async Task A_region_that_does_not_pass_any_more_is_found()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync();
        world.With(Stack, "eastus", FaultKind.Unhealthy, FaultReach.All);

        (await WatchAsync(world))[Region].Kind.ShouldBe(FindingKind.Unfit);

        world.Faults(Stack).Set("eastus", FaultKind.Unreachable, FaultReach.All);
        (await WatchAsync(world))[Region].Kind.ShouldBe(FindingKind.Unknown);
    }

    [Fact]
    public async Task Regions_that_a_rollout_is_at_are_left_alone()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, "staging", environment => environment with
        {
            Drift = DriftAction.Repair,
            Rollout = environment.Rollout with { Promotion = Promotion.Manual },
        }));
        await world.PublishAsync();
        await world.UntilAsync(Stack, "staging", rollout => rollout.Waves[0].Regions[0].Step == RegionStep.AwaitingPromotion);

        (await WatchAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lane_that_is_held_by_a_rollout_that_is_gone_is_found_and_shown_in_health()
    {
        await using var world = await World.StartAsync();
        var ticket = new LaneTicket("rollout-gone", Identifier.Parse<ReleaseTag>("v1.0.0"), "1.0.0", IsRollback: false, DateTimeOffset.UnixEpoch);
        await world.Demo.Host.Services.GetRequiredService<LaneStore>().ChangeAsync(
            Identifier.Parse<StackName>(Stack),
            Identifier.Parse<EnvironmentName>("staging"),
            lane => (lane with { Running = ticket }, true),
            TestContext.Current.CancellationToken);

        (await WatchAsync(world))["us-closed/staging"].ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(FindingKind.Stuck),
            finding => finding.Detail.ShouldBe("the rollout that has the lane does not exist"));

        var stack = await world.Keyed.GetFromJsonAsync<JsonElement>("api/health/us-closed", TestContext.Current.CancellationToken);
        stack.GetProperty("entries").GetProperty("staging").GetProperty("status").GetString().ShouldBe("Degraded");
    }

    private static async Task<IReadOnlyDictionary<string, Finding>> WatchAsync(World world)
    {
        using var answer = await world.PostAsync("watch");
        return (await answer.Content.ReadFromJsonAsync<WatchView>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Findings;
    }

    private static async Task<JsonElement> HealthAsync(World world)
    {
        using var answer = await world.Keyed.GetAsync(new Uri($"api/health/{Region}", UriKind.Relative), TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("entries").GetProperty(Region);
    }

    // As somebody would in the portal: the other revision is started and gets all traffic.
    private static async Task MoveAsync(World world, string version)
    {
        var apps = world.Demo.Host.Services.GetRequiredService<ContainerApps>();
        var stack = world.Demo.Topology.Stacks.Single(one => one.Name.Value == Stack);
        var target = new RegionTarget(stack.Name, stack.Environments[0].Name, stack.Environments[0].Regions.First());
        var revision = world.Demo.Sandbox.Clouds[SandboxStacks.CloudOf(Stack)].Apps().Single(app => app.Region == "eastus").Revisions.Single(one => one.Version == version);
        await apps.ActivateAsync(target, revision.Name, TestContext.Current.CancellationToken);
        await apps.SetTrafficAsync(target, [new(revision.Name, IsLatest: false, 100)], tags: null, TestContext.Current.CancellationToken);
    }
}
