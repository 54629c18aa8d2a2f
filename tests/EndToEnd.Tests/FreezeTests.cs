using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Freezes;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Times in which nothing is rolled out: whoever asks, by the stack's own clocks, until they are over or somebody says why not.</summary>
public sealed class FreezeTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Staging = "staging";
    private const string Production = "production";

    // 2027-02-03 20:00 in Shanghai, where the Spring Festival begins at midnight of the 5th.
    private static readonly DateTimeOffset BeforeSpringFestival = new(2027, 2, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset SpringFestival = new(2027, 2, 4, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset AfterSpringFestival = new(2027, 2, 8, 16, 0, 0, TimeSpan.Zero);

    private static readonly FreezeCalendar Always = new(
        "America/New_York",
        OngoingPolicy.Hold,
        [new("the migration", TimeProvider.System.GetUtcNow().Date.AddDays(-2), TimeSpan.FromDays(20), null, [Identifier.Parse<EnvironmentName>(Staging)])]);

    [Fact]
    public async Task A_release_that_comes_on_a_holiday_waits_for_its_end_in_that_stack_alone()
    {
        await using var world = await StartAsync(SpringFestival + TimeSpan.FromHours(1), OngoingPolicy.Hold, bake: TimeSpan.Zero);

        var release = await world.RollOutAsync();

        release.Phase.ShouldBe(RunPhase.Succeeded);
        (await BeginsAsync(world, release, DemoStacks.UsClosed, Production)).ShouldBeLessThan(SpringFestival + TimeSpan.FromHours(6));
        (await BeginsAsync(world, release, DemoStacks.ChinaOpen, Staging)).ShouldBeLessThan(SpringFestival + TimeSpan.FromHours(6), "it is frozen in production alone");
        (await BeginsAsync(world, release, DemoStacks.ChinaOpen, Production)).ShouldBeInRange(AfterSpringFestival, AfterSpringFestival + TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(OngoingPolicy.Hold)]
    [InlineData(OngoingPolicy.Finish)]
    public async Task What_is_under_way_when_a_freeze_begins_waits_or_goes_on_as_policy_says(OngoingPolicy ongoing)
    {
        await using var world = await StartAsync(BeforeSpringFestival, ongoing, bake: TimeSpan.FromHours(30));

        var release = await world.RollOutAsync();

        release.Phase.ShouldBe(RunPhase.Succeeded);
        var events = await world.EventsAsync(Find(release, DemoStacks.ChinaOpen, Production));
        var waves = events.Where(one => one.Region is not null).GroupBy(one => one.Wave!.Value).Select(wave => wave.Min(one => one.At)).ToArray();
        waves.Length.ShouldBeGreaterThan(1);
        waves[0].ShouldBeLessThan(SpringFestival, "it was under way before");
        if (ongoing == OngoingPolicy.Hold)
        {
            waves[1].ShouldBeInRange(AfterSpringFestival, AfterSpringFestival + TimeSpan.FromHours(1));
        }
        else
        {
            waves[1].ShouldBeInRange(SpringFestival, AfterSpringFestival);
        }
    }

    [Fact]
    public async Task A_person_overrides_a_freeze_with_a_reason_which_is_kept()
    {
        await using var world = await FrozenAsync();
        await world.PublishAsync();
        var waiting = await world.UntilAsync(Stack, Staging, one => one.Status?.Activity == RolloutActivity.Waiting);
        waiting.Status!.Reason.ShouldNotBeNull().ShouldMatch("^frozen until .* 00:00 America/New_York: the migration$");
        var plan = (await world.Keyed.GetFromJsonAsync<ReleasePlanView>("api/releases/v1.1.0/plan", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!
            .Rollouts.Single(one => one.Stack.Value == Stack && one.Environment.Value == Staging).Plan!;
        plan.Stops.ShouldContain(waiting.Status.Reason!);

        (await world.DecideAsync(waiting, "overrideFreeze")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "it needs a reason");
        using var said = await world.As("ada").PostAsJsonAsync($"api/rollouts/{waiting.Rollout.Id}/overrideFreeze", new { why = "the fix cannot wait" }, TestContext.Current.CancellationToken);
        said.StatusCode.ShouldBe(HttpStatusCode.Accepted, await said.Content.ReadAsStringAsync());

        (await world.EndAsync("v1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
        var decisions = await world.Keyed.GetFromJsonAsync<JsonElement>($"api/rollouts/{waiting.Rollout.Id}/decisions", TestContext.Current.CancellationToken);
        var kept = decisions.GetProperty("decisions").EnumerateArray().ShouldHaveSingleItem();
        kept.GetProperty("kind").GetString().ShouldBe("overrideFreeze");
        kept.GetProperty("by").GetString().ShouldBe("ada");
        kept.GetProperty("why").GetString().ShouldBe("the fix cannot wait");
        (await world.DecideAsync(waiting, "overrideFreeze", new { why = "again" })).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it has ended");
    }

    [Fact]
    public async Task What_people_and_repairs_ask_for_is_held_too_and_who_goes_back_is_not()
    {
        await using var world = await FrozenAsync();
        await world.PublishAsync();
        await world.DecideAsync(await world.UntilAsync(Stack, Staging, one => one.Status?.Activity == RolloutActivity.Waiting), "overrideFreeze", new { why = "once" });
        await world.EndAsync("v1.1.0");

        // What a person asks for, and what the watch would repair.
        foreach (var (isRollback, by) in new[] { (false, "ada"), (true, null) })
        {
            var again = await world.Demo.Host.Services.GetRequiredService<ReleaseStarter>().StartAgainAsync(
                world.Demo.Host.Client,
                DemoStacks.Repository,
                Identifier.Parse<ReleaseTag>("v1.1.0"),
                new(Identifier.Parse<StackName>(Stack), Identifier.Parse<EnvironmentName>(Staging), isRollback, "once more", by),
                TestContext.Current.CancellationToken);
            (await UntilWaitingAsync(world, again)).ShouldStartWith("frozen until");
        }

        await world.PublishAsync("1.0.1");
        using var back = await world.PostAsync("rollouts", new { tag = "v1.0.1", stack = Stack, environment = Staging, rollBack = true, why = "it is broken" });
        back.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await world.UntilServingAsync(Stack, "eastus", "1.0.1");
    }

    [Fact]
    public async Task What_is_frozen_and_will_be_is_shown()
    {
        await using var world = await StartAsync(BeforeSpringFestival, OngoingPolicy.Hold, bake: TimeSpan.Zero);

        var china = (await world.GetAsync<FreezesView>("api/freezes"))!.Stacks.ShouldHaveSingleItem();

        china.TimeZone.ShouldBe("Asia/Shanghai");
        china.HolidaysKnownUntil.ShouldBe(new DateOnly(2030, 12, 31));
        var production = china.Environments.Single(one => one.Environment.Value == Production);
        production.Now.ShouldBeNull();
        production.Next.ShouldBe(new Freeze("Spring Festival", SpringFestival, AfterSpringFestival));
        china.Environments.Single(one => one.Environment.Value == Staging).Next.ShouldBeNull();
    }

    private static Task<World> FrozenAsync() => World.StartAsync(topology => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack.Name.Value == Stack ? stack with { Calendar = Always } : stack)],
    });

    // Days on simulated time; in China production is frozen on holidays.
    private static Task<TimedWorld> StartAsync(DateTimeOffset at, OngoingPolicy ongoing, TimeSpan bake)
    {
        var time = new SimulatedTime(at);
        var options = SandboxStacks.Options(new());
        return TimedWorld.StartAsync(
            options with { Limits = new(1_000_000, 1_000_000, 1_000_000, 1_000_000), GitHub = options.GitHub with { TimeProvider = time } },
            DemoStacks.All,
            topology => Frozen(DemoPace.With(topology, bake, TimeSpan.Zero, TimeSpan.FromSeconds(20)), ongoing),
            time);
    }

    private static Topology Frozen(Topology topology, OngoingPolicy ongoing) => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack.Name.Value == DemoStacks.ChinaOpen
            ? stack with { Calendar = new("Asia/Shanghai", ongoing, [], new(Market.China, TimeSpan.Zero, [Identifier.Parse<EnvironmentName>(Production)])) }
            : stack)],
    };

    private static RolloutView Find(ReleaseView release, string stack, string environment) =>
        release.Rollouts.Single(one => one.Rollout.Stack.Value == stack && one.Rollout.Environment.Value == environment);

    private static async Task<DateTimeOffset> BeginsAsync(TimedWorld world, ReleaseView release, string stack, string environment) =>
        (await world.EventsAsync(Find(release, stack, environment))).First(one => one.Region is not null).At;

    private static async Task<string> UntilWaitingAsync(World world, string run) =>
        (await world.UntilRunAsync(run, release => release.Rollouts is [{ Status: { Activity: RolloutActivity.Waiting, Reason: not null } }])).Rollouts[0].Status!.Reason!;
}
