using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>From a release on GitHub to regions in both stacks, over HTTP all the way.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public async Task A_published_release_reaches_every_region_of_both_stacks()
    {
        await using var world = await World.StartAsync();

        var ended = await world.RollOutAsync();

        ended.Phase.ShouldBe(RunPhase.Succeeded);
        ended.Rollouts.Count.ShouldBe(4);
        foreach (var stack in DemoStacks.Names)
        {
            foreach (var region in DemoStacks.RegionsOf(stack))
            {
                world.Serving(stack, region).ShouldBe("1.1.0", $"{stack}/{region}");
            }
        }
    }

    [Fact]
    public async Task Each_region_has_a_github_deployment_of_its_own_that_ends_in_success()
    {
        await using var world = await World.StartAsync();

        await world.RollOutAsync();

        var deployments = world.Demo.Sandbox.GitHub.Deployments();
        deployments.Select(deployment => deployment.Environment).ShouldBe(
            world.Demo.Topology.Stacks.SelectMany(stack => stack.Environments.SelectMany(environment => environment.Regions.Select(region => $"{stack.Name}/{environment.Name}/{region.Name}"))),
            ignoreOrder: true);
        deployments.ShouldAllBe(deployment => deployment.State == "success" && deployment.Statuses.Count <= 2);
    }

    [Fact]
    public async Task After_promotion_only_the_release_runs_and_the_baseline_has_been_stopped()
    {
        await using var world = await World.StartAsync();

        await world.RollOutAsync();

        foreach (var app in world.Demo.Sandbox.Clouds.Values.SelectMany(cloud => cloud.Apps()))
        {
            app.Revisions.Select(revision => (revision.Version, revision.IsActive)).ShouldBe([("1.0.0", false), ("1.1.0", true)]);
        }
    }

    [Theory]
    [InlineData(FaultKind.Errors, Verdict.Fail)]
    [InlineData(FaultKind.DeployFails, Verdict.Fail)]
    [InlineData(FaultKind.Unreachable, Verdict.Error)]
    public async Task A_fault_in_one_region_rolls_its_environment_back_and_leaves_the_other_stack_alone(FaultKind fault, Verdict verdict)
    {
        await using var world = (await World.StartAsync()).With(DemoStacks.ChinaOpen, "chinanorth3", fault);

        var ended = await world.RollOutAsync();

        ended.Phase.ShouldBe(RunPhase.RolledBack);
        var china = ended.Rollouts.Single(rollout => rollout.Rollout.Stack.Value == DemoStacks.ChinaOpen && rollout.Rollout.Environment.Value == "production");
        china.Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        china.Rollout.Verdict.ShouldBe(verdict);
        china.Waves.SelectMany(wave => wave.Regions).ShouldAllBe(run => run.Step == RegionStep.RolledBack);
        DemoStacks.RegionsOf(DemoStacks.ChinaOpen).Select(region => world.Serving(DemoStacks.ChinaOpen, region)).ShouldBe(["1.1.0", "1.0.0", "1.0.0", "1.0.0"]);
        DemoStacks.RegionsOf(DemoStacks.UsClosed).ShouldAllBe(region => world.Serving(DemoStacks.UsClosed, region) == "1.1.0");
        world.Demo.Sandbox.GitHub.Deployments().Single(deployment => deployment.Environment == "china-open/production/chinanorth3")
            .Statuses[^1].State.ShouldBe("failure");
    }

    [Fact]
    public async Task A_fault_in_the_first_environment_keeps_the_release_out_of_the_next()
    {
        await using var world = (await World.StartAsync()).With(DemoStacks.UsClosed, "eastus", FaultKind.Errors);

        var ended = await world.RollOutAsync();

        ended.Rollouts.Where(rollout => rollout.Rollout.Stack.Value == DemoStacks.UsClosed).ShouldHaveSingleItem().Rollout.Phase.ShouldBe(RunPhase.RolledBack);
        DemoStacks.RegionsOf(DemoStacks.UsClosed).ShouldAllBe(region => world.Serving(DemoStacks.UsClosed, region) == "1.0.0");
    }

    [Fact]
    public async Task A_release_whose_manifest_is_bad_reaches_nobody_and_says_why_on_github()
    {
        await using var world = await World.StartAsync();

        var ended = await world.RollOutAsync("1.2.0", """{ "version": "one" }""");

        ended.Phase.ShouldBe(RunPhase.Failed);
        ended.Reason.ShouldNotBeNull().ShouldContain("$.version");
        ended.Reason.ShouldContain("$.stacks");
        ended.Rollouts.ShouldBeEmpty();
        var refusal = world.Demo.Sandbox.GitHub.Deployments().ShouldHaveSingleItem();
        refusal.Environment.ShouldBe("release");
        refusal.Statuses.ShouldHaveSingleItem().State.ShouldBe("failure");
        refusal.Statuses[0].Description.ShouldContain("$.version");
    }

    [Fact]
    public async Task A_redelivered_webhook_starts_nothing_twice()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync();
        var gitHub = world.Demo.Sandbox.GitHub;
        var published = gitHub.Deliveries().Single(delivery => delivery.Action == "published");

        gitHub.Redeliver(published.DeliveryId);
        var again = gitHub.Deliveries()[^1];
        await again.Sent;

        again.IsRedelivery.ShouldBeTrue();
        again.StatusCode.ShouldBe(202);
        var rollouts = await world.Keyed.GetStringAsync(new Uri("api/rollouts", UriKind.Relative));
        System.Text.Json.JsonDocument.Parse(rollouts).RootElement.GetProperty("rollouts").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task The_deliveries_of_one_publication_start_one_rollout()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync();
        var deliveries = world.Demo.Sandbox.GitHub.Deliveries();

        await Task.WhenAll(deliveries.Select(delivery => delivery.Sent));

        deliveries.Select(delivery => (delivery.Action, delivery.StatusCode)).ShouldBe([("created", 200), ("published", 202), ("released", 202), ("edited", 200)], "the last one is of what we write onto the release");
    }
}
