using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Plans, and people's approval of them, by HTTP.</summary>
public sealed class ApprovalTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Staging = "staging";

    // The sandbox's releases are published by this account.
    private const string Publisher = "release-manager";

    private static readonly ApprovalPolicy ByAdaAndBo = new(
        [new("ada"), new("bo"), new("the publisher", Publisher)], Quorum: 2, Required: [], NotByPublisher: true, TimeSpan.FromDays(7), TimeSpan.FromDays(7));

    [Fact]
    public async Task Nothing_is_touched_before_enough_people_have_approved_the_plan()
    {
        await using var world = await StartAsync();
        await world.PublishAsync();
        var rollout = await WaitsAsync(world);
        rollout.Status!.Reason.ShouldNotBeNull().ShouldStartWith("waits for 2 of 2 approvals");
        rollout.Waves.SelectMany(wave => wave.Regions).ShouldAllBe(run => run.Step == RegionStep.Pending);
        (await world.LaneAsync(Stack, Staging)).Running.ShouldBeNull("who waits for people stands in nobody's way");
        var plan = await PlanAsync(world);

        (await SayAsync(world.As("ada"), rollout, plan)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await SayAsync(world.As("bo"), rollout, plan)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await world.EndAsync("v1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
        var decisions = await world.Keyed.GetFromJsonAsync<DecisionList>($"api/rollouts/{rollout.Rollout.Id}/decisions", JsonSerializerOptions.Web, TestContext.Current.CancellationToken);
        decisions!.Decisions.Select(one => (one.By, one.Kind)).ShouldBe([("ada", DecisionKind.Approve), ("bo", DecisionKind.Approve)]);
    }

    [Fact]
    public async Task Each_attempt_to_approve_has_its_answer()
    {
        await using var world = await World.StartAsync(topology => Approved(Stack, ByAdaAndBo)(Approved(DemoStacks.ChinaOpen, ByAdaAndBo with { Quorum = 1, ValidFor = TimeSpan.FromTicks(1) })(topology)));
        await world.PublishAsync();
        var rollout = await WaitsAsync(world);
        var plan = await PlanAsync(world);
        var china = (await PlansAsync(world)).Single(one => (one.Stack.Value, one.Environment.Value) == (DemoStacks.ChinaOpen, Staging));
        var ada = world.As("ada");

        await TryAsync("somebody unknown", world.As("eve"), plan, HttpStatusCode.Forbidden);
        await TryAsync("who published the release", world.As("the publisher"), plan, HttpStatusCode.Forbidden);
        await TryAsync("whoever has the function key", world.Keyed, plan, HttpStatusCode.Forbidden);
        await TryAsync("no plan", ada, null, HttpStatusCode.BadRequest);
        await TryAsync("a plan that has changed", ada, new string('a', 64), HttpStatusCode.Conflict);
        await TryAsync("the other stack's plan", ada, china.Plan!.Digest.Value, HttpStatusCode.Conflict);
        await TryAsync("an approver, the plan as it is", ada, plan, HttpStatusCode.Accepted, key: "k1");
        await TryAsync("the same key again", ada, plan, HttpStatusCode.Accepted, key: "k1");
        await TryAsync("the same key with another word", ada, plan, HttpStatusCode.UnprocessableEntity, "reject", "k1");
        await TryAsync("the same person twice", ada, plan, HttpStatusCode.Conflict);
        rollout = await world.UntilAsync(DemoStacks.ChinaOpen, Staging, one => one.Status?.Activity == RolloutActivity.AwaitingApproval);
        await TryAsync("an approval that expires at once", ada, china.Plan.Digest.Value, HttpStatusCode.Accepted);
        (await PlansAsync(world)).Single(one => one.Rollout == china.Rollout).Approval!.State.ShouldBe(ApprovalState.Waiting);

        async Task TryAsync(string attempt, HttpClient caller, string? with, HttpStatusCode expected, string word = "approve", string? key = null)
        {
            using var answer = await SayAsync(caller, rollout, with, word, key);
            answer.StatusCode.ShouldBe(expected, $"{attempt}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            TestContext.Current.TestOutputHelper!.WriteLine($"{attempt,-36} {(int)answer.StatusCode} {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_plan_that_somebody_rejects_is_not_begun()
    {
        await using var world = await StartAsync();
        await world.PublishAsync();
        var rollout = await WaitsAsync(world);

        (await SayAsync(world.As("ada"), rollout, await PlanAsync(world), "reject", why: "not before the fair")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var ended = (await world.EndAsync("v1.1.0")).Rollouts.Single(one => one.Rollout.Id == rollout.Rollout.Id);
        ended.Rollout.Phase.ShouldBe(RunPhase.Skipped);
        ended.Rollout.Reason.ShouldBe("rejected by ada: not before the fair");
        world.Serving(Stack, "eastus").ShouldBe("1.0.0");
    }

    [Fact]
    public async Task When_what_runs_changes_what_was_approved_is_void()
    {
        await using var world = await StartAsync();
        await world.PublishAsync();
        var rollout = await WaitsAsync(world);
        var before = await PlanAsync(world);
        (await SayAsync(world.As("ada"), rollout, before)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        // Going back is not held up by approvals; it puts another revision there.
        await world.PublishAsync("1.0.1");
        using var again = await world.PostAsync("rollouts", new { tag = "v1.0.1", stack = Stack, environment = Staging, rollBack = true, why = "a hotfix" });
        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await world.UntilServingAsync(Stack, "eastus", "1.0.1");

        var after = await PlanAsync(world);
        after.ShouldNotBe(before);
        (await SayAsync(world.As("bo"), rollout, before)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await SayAsync(world.As("bo"), rollout, after)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await world.UntilAsync(Stack, Staging, one => one.Status?.Reason?.Contains("another plan", StringComparison.Ordinal) == true))
            .Status!.Reason.ShouldNotBeNull().ShouldStartWith("waits for 1 of 2 approvals by ada");
    }

    [Fact]
    public async Task A_draft_is_planned_and_approved_before_it_is_published()
    {
        await using var world = await StartAsync();
        await world.DraftAsync();

        var plans = await world.Keyed.GetFromJsonAsync<ReleasePlanView>("api/releases/v1.1.0/plan", JsonSerializerOptions.Web, TestContext.Current.CancellationToken);

        plans!.IsDraft.ShouldBeTrue();
        plans.Rollouts.Select(one => $"{one.Stack}/{one.Environment}").ShouldBe(["us-closed/staging", "us-closed/production", "china-open/staging", "china-open/production"], ignoreOrder: true);
        var plan = plans.Rollouts.Single(one => (one.Stack.Value, one.Environment.Value) == (Stack, Staging)).Plan!;
        plan.Waves.SelectMany(wave => wave.Regions).ShouldAllBe(region => region.Changes && region.Now!.Image != null);
        world.Serving(Stack, "eastus").ShouldBe("1.0.0", "a plan touches nothing");
        foreach (var who in new[] { "ada", "bo" })
        {
            using var said = await world.As(who).PostAsJsonAsync("api/releases/v1.1.0/approve", new { stack = Stack, environment = Staging, plan = plan.Digest.Value }, TestContext.Current.CancellationToken);
            said.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await world.PublishAsync();
        (await PlanAsync(world)).ShouldBe(plan.Digest.Value, "publishing a draft changes nothing of its plan");
        (await world.EndAsync("v1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task A_plan_says_what_would_stop_it()
    {
        await using var world = await World.StartAsync();
        (await world.PostAsync("bad-releases", new { tag = "v1.1.0", bad = true, why = "leaks" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await world.DraftAsync();

        (await PlansAsync(world)).ShouldAllBe(one => one.Plan!.Stops.Contains("v1.1.0 has been marked bad"));
    }

    private static Task<World> StartAsync() => World.StartAsync(Approved(Stack, ByAdaAndBo));

    private static Func<Topology, Topology> Approved(string stack, ApprovalPolicy policy) => World.Environment(stack, Staging, environment => environment with { Approval = policy });

    private static Task<RolloutView> WaitsAsync(World world) => world.UntilAsync(Stack, Staging, one => one.Status?.Activity == RolloutActivity.AwaitingApproval);

    private static async Task<IReadOnlyList<PlannedRolloutView>> PlansAsync(World world) =>
        (await world.Keyed.GetFromJsonAsync<ReleasePlanView>("api/releases/v1.1.0/plan", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Rollouts;

    private static async Task<string> PlanAsync(World world) =>
        (await PlansAsync(world)).Single(one => (one.Stack.Value, one.Environment.Value) == (Stack, Staging)).Plan!.Digest.Value;

    private static async Task<HttpResponseMessage> SayAsync(HttpClient caller, RolloutView rollout, string? plan, string word = "approve", string? key = null, string? why = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/rollouts/{rollout.Rollout.Id}/{word}") { Content = JsonContent.Create(new { plan, why }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await caller.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

/// <summary>What <c>GET /api/rollouts/{id}/decisions</c> answers.</summary>
internal sealed record DecisionList(IReadOnlyList<DecisionRecord> Decisions);
