using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What people decide about rollouts, by HTTP: each decision has its author and its record.</summary>
public sealed class DecisionTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Staging = "staging";
    private const string Production = "production";

    [Fact]
    public async Task A_paused_rollout_begins_nothing_more_until_somebody_resumes()
    {
        await using var world = await World.OfAsync(Stack, InProduction(environment => environment with
        {
            Rollout = environment.Rollout with { Promotion = Promotion.Manual },
        }));
        await world.PublishAsync();
        var canary = await world.UntilAsync(Stack, Production, one => Steps(one)[0] == RegionStep.AwaitingPromotion);

        (await DecideAsync(world.As("ada"), canary, "pause", "lunch")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await DecideAsync(world.As("bo"), canary, "pause")).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it is paused");
        (await world.DecideAsync(canary, "promote")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var paused = await world.UntilAsync(Stack, Production, one => Steps(one)[0] == RegionStep.Paused);
        paused.Waves[0].Regions[0].Reason.ShouldBe("paused by ada: lunch");

        (await DecideAsync(world.As("bo"), canary, "resume")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        while (await world.UntilAsync(Stack, Production, one => one.Rollout.Phase.IsTerminal() || Steps(one).Contains(RegionStep.AwaitingPromotion)) is { Rollout.Phase: RunPhase.Running } awaiting)
        {
            await world.DecideAsync(awaiting, "promote");
        }

        (await world.EndAsync("v1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
        using var record = JsonDocument.Parse(await world.Keyed.GetStringAsync($"api/rollouts/{canary.Rollout.Id}/events", TestContext.Current.CancellationToken));
        record.RootElement.GetProperty("times").GetProperty("waitingForPeople").GetString().ShouldNotBe("0s");
        (await DecisionsAsync(world, canary)).Take(3).Select(one => (one.By, one.Kind, one.Why)).ShouldBe(
            [("ada", DecisionKind.Pause, "lunch"), ("holder of the function key", DecisionKind.Promote, null), ("bo", DecisionKind.Resume, null)]);
    }

    [Fact]
    public async Task A_bake_is_skipped_for_a_reason_and_only_then()
    {
        await using var world = await World.OfAsync(Stack, InProduction(environment => environment with
        {
            Waves = [.. environment.Waves.Select(wave => wave.Name.Value == "canary" ? wave with { Bake = TimeSpan.FromDays(2) } : wave)],
        }));
        await world.PublishAsync();
        var baking = await world.UntilAsync(Stack, Production, one => one.Status?.Activity == RolloutActivity.Baking);

        (await world.DecideAsync(baking, "skipBake")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await DecideAsync(world.As("ada"), baking, "skipBake", "the fix cannot wait")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await world.EndAsync("v1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task After_a_rollback_by_hand_the_environment_waits_for_a_person()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, Staging, environment => environment with
        {
            Rollout = environment.Rollout with { Promotion = Promotion.Manual },
        }));
        await world.PublishAsync();
        var awaiting = await world.UntilAsync(Stack, Staging, one => Steps(one).Contains(RegionStep.AwaitingPromotion));
        (await DecideAsync(world.As("ada"), awaiting, "rollBack", "looks odd")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await world.EndAsync("v1.1.0");
        (await world.LaneAsync(Stack, Staging)).Held.ShouldBe("v1.1.0 was rolled back by ada");

        await world.PublishAsync("1.2.0");
        var held = await world.UntilAsync(Stack, Staging, one => one.Status?.Activity == RolloutActivity.Waiting, "1.2.0");
        held.Status!.Reason.ShouldBe("v1.1.0 was rolled back by ada");

        // A person's own rollout does not stand behind it.
        using var back = await world.As("bo").PostAsJsonAsync("api/rollouts", new { tag = "v1.1.0", stack = Stack, environment = Staging, rollBack = true, why = "it was not so odd" }, TestContext.Current.CancellationToken);
        back.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await UntilHeldAsync(world, "bo went back to v1.1.0");

        (await world.PostAsync($"lanes/{Stack}/{Staging}/open")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await world.DecideAsync(await world.UntilAsync(Stack, Staging, one => Steps(one).Contains(RegionStep.AwaitingPromotion), "1.2.0"), "promote");
        (await world.EndAsync("v1.2.0")).Rollouts.Single(one => (one.Rollout.Stack.Value, one.Rollout.Environment.Value) == (Stack, Staging)).Rollout.Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task What_failed_is_tried_again_where_it_failed_and_nowhere_else()
    {
        await using var world = (await World.OfAsync(Stack, InProduction(environment => environment with
        {
            Waves = [.. environment.Waves.Select(wave => wave with { MinHealthy = wave.Name.Value == "broad" ? 1 : null })],
        }))).With(Stack, "southcentralus", FaultKind.Errors, FaultReach.All);
        await world.PublishAsync();
        (await world.EndAsync("v1.1.0")).Phase.ShouldBe(RunPhase.Partial);
        var partial = await world.UntilAsync(Stack, Production, one => one.Rollout.Phase.IsTerminal());
        world.Faults(Stack).Clear("southcentralus");

        using var answer = await DecideAsync(world.As("ada"), partial, "retry");

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var run = (await answer.Content.ReadFromJsonAsync<Told>(TestContext.Current.CancellationToken))!.Regions.ShouldHaveSingleItem();
        await world.Demo.Host.Client.WaitForInstanceCompletionAsync(run, TestContext.Current.CancellationToken);
        var again = (await world.FindRunAsync(run)).ShouldNotBeNull();
        again.Phase.ShouldBe(RunPhase.Succeeded);
        again.Rollouts.ShouldHaveSingleItem().Waves.SelectMany(wave => wave.Regions).Select(region => region.Region.Value).ShouldBe(["southcentralus"]);
        world.Serving(Stack, "southcentralus").ShouldBe("1.1.0");
    }

    [Fact]
    public async Task What_runs_is_verified_again_when_somebody_asks()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync();
        var ended = await world.UntilAsync(Stack, Production, one => one.Rollout.Phase.IsTerminal());

        (await ToldAsync(world, ended)).ShouldBe(["4 regions pass"]);
        world.With(Stack, "westus3", FaultKind.Unhealthy, FaultReach.All);
        (await ToldAsync(world, ended)).ShouldHaveSingleItem().ShouldStartWith("westus3: ");

        static async Task<IReadOnlyList<string>> ToldAsync(World world, RolloutView ended)
        {
            using var answer = await DecideAsync(world.As("ada"), ended, "verify");
            return (await answer.Content.ReadFromJsonAsync<Told>(TestContext.Current.CancellationToken))!.Regions;
        }
    }

    [Fact]
    public async Task What_has_ended_takes_no_decision_and_what_is_under_way_is_not_retried()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, Staging, environment => environment with
        {
            Rollout = environment.Rollout with { Promotion = Promotion.Manual },
        }));
        await world.PublishAsync();
        var awaiting = await world.UntilAsync(Stack, Staging, one => Steps(one).Contains(RegionStep.AwaitingPromotion));
        (await world.DecideAsync(awaiting, "retry")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await world.DecideAsync(awaiting, "promote")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await world.EndAsync("v1.1.0");

        foreach (var late in new[] { "pause", "resume", "promote", "rollBack", "approve" })
        {
            (await world.DecideAsync(awaiting, late)).StatusCode.ShouldBe(HttpStatusCode.Conflict, late);
        }
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused_before_anything_is_done_and_any_other_is_kept()
    {
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, Staging, environment => environment with
        {
            Rollout = environment.Rollout with { Promotion = Promotion.Manual },
        }));
        await world.PublishAsync();
        var awaiting = await world.UntilAsync(Stack, Staging, one => Steps(one).Contains(RegionStep.AwaitingPromotion));
        var (longest, tooLong) = (new string('理', 500), new string('理', 501));
        var plan = new string('a', 64);
        foreach (var (address, body) in new (string, object)[]
        {
            ($"rollouts/{awaiting.Rollout.Id}/pause", new { why = tooLong }),
            ("releases/v1.1.0/reject", new { stack = Stack, environment = Staging, plan, why = tooLong }),
            ("rollouts", new { tag = "v1.1.0", stack = Stack, why = tooLong }),
            ("lines/all/stop", new { why = tooLong }),
            ("bad-releases", new { tag = "v9.9.9", bad = true, why = tooLong }),
        })
        {
            using var answer = await world.PostAsync(address, body);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, address);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("expected why to be at most 500 characters long, found 501");
        }

        (await DecisionsAsync(world, awaiting)).ShouldBeEmpty();
        (await DecideAsync(world.As("ada"), awaiting, "pause", longest)).StatusCode.ShouldBe(HttpStatusCode.Accepted, "nothing was paused before");
        (await DecideAsync(world.As("bo"), awaiting, "resume", longest)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await DecisionsAsync(world, awaiting)).Select(one => (one.By, one.Why)).ShouldBe([("ada", longest), ("bo", longest)]);
    }

    private static Func<Topology, Topology> InProduction(Func<EnvironmentDefinition, EnvironmentDefinition> shape) => World.Environment(Stack, Production, shape);

    private static RegionStep[] Steps(RolloutView view) => [.. view.Waves.SelectMany(wave => wave.Regions).Select(run => run.Step)];

    private static Task<HttpResponseMessage> DecideAsync(HttpClient caller, RolloutView rollout, string decision, string? why = null) =>
        caller.PostAsJsonAsync($"api/rollouts/{rollout.Rollout.Id}/{decision}", new { why }, TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<DecisionRecord>> DecisionsAsync(World world, RolloutView rollout) =>
        (await world.Keyed.GetFromJsonAsync<DecisionList>($"api/rollouts/{rollout.Rollout.Id}/decisions", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Decisions;

    private static async Task UntilHeldAsync(World world, string reason)
    {
        while ((await world.LaneAsync(Stack, Staging)).Held != reason)
        {
            await Breath.TakeAsync();
        }
    }

    private sealed record Told(IReadOnlyList<string> Regions);
}
