using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A rollout of days, on simulated time: two stacks of three environments of twenty regions.</summary>
public sealed class LongRolloutTests
{
    private static readonly int[] Weights = [1, 5, 25, 50, 75];
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(20);
    private static readonly (string Name, int Regions, TimeSpan Bake)[] Waves =
        [("canary", 1, TimeSpan.FromHours(2)), ("pilot", 4, TimeSpan.FromHours(12)), ("broad", 15, TimeSpan.FromDays(1))];

    [Fact]
    public async Task Days_of_steps_and_bakes_happen_in_the_right_order_in_every_region()
    {
        await using var world = await TimedWorld.StartAsync([.. DemoStacks.All.Select(stack => LargeStack.Of(stack, ["test", "staging", "production"], Waves, Weights, Hold))], new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

        var release = await world.RollOutAsync();

        release.Phase.ShouldBe(RunPhase.Succeeded, string.Join("; ", release.Rollouts.Select(rollout => rollout.Rollout.Reason)));
        release.Rollouts.Count.ShouldBe(6);
        foreach (var stack in release.Rollouts.GroupBy(rollout => rollout.Rollout.Stack))
        {
            var until = DateTimeOffset.MinValue;
            foreach (var rollout in stack)
            {
                var events = await world.EventsAsync(rollout);
                events[0].At.ShouldBeGreaterThanOrEqualTo(until, "each environment begins when the one before has ended");
                until = Check(events);
            }
        }

        (release.UpdatedAt - release.StartedAt).ShouldBeGreaterThan(3 * (TimeSpan.FromHours(38) + (3 * Weights.Length * Hold)));
    }

    // The end of the last bake.
    private static DateTimeOffset Check(IReadOnlyList<RolloutEvent> events)
    {
        var until = events[0].At;
        foreach (var (name, regions, bake) in Waves)
        {
            var wave = events.Where(happened => happened.Wave?.Value == name).ToArray();
            wave.Min(happened => happened.At).ShouldBeGreaterThanOrEqualTo(until, $"{name} begins after the bake before it");
            var byRegion = wave.Where(happened => happened.Region is not null).GroupBy(happened => happened.Region!).ToArray();
            byRegion.Length.ShouldBe(regions);
            foreach (var region in byRegion)
            {
                CheckRegion([.. region]);
            }

            var baking = wave.Single(happened => happened.Activity == RolloutActivity.Baking).At;
            baking.ShouldBeGreaterThanOrEqualTo(byRegion.SelectMany(region => region).Max(happened => happened.At), "a wave bakes when all of it has been promoted");
            until = baking + bake;
        }

        return until;
    }

    private static void CheckRegion(RolloutEvent[] events)
    {
        events.Select(happened => $"{happened.Step} {happened.Weight}").ShouldBe(
        [
            "Deploying 0", "Verifying 0",
            .. Weights.SelectMany(weight => new[] { $"Shifting {weight}", $"Verifying {weight}" }),
            "Promoting 100", "Promoted 100",
        ]);
        foreach (var (shift, verify) in events.Zip(events.Skip(1)).Where(pair => pair.First.Step == RegionStep.Shifting))
        {
            (verify.At - shift.At).ShouldBeGreaterThanOrEqualTo(Hold, "each share is held before it is judged");
        }
    }
}
