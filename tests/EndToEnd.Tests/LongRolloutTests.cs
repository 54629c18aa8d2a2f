using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A rollout of days, on simulated time: two stacks of three environments of twenty regions.</summary>
public sealed class LongRolloutTests
{
    private const int Regions = 20;

    // As few as rule anything out at one look: what is asserted is the order of events, over thousands of looks.
    private const int FewRequests = 4;
    private static readonly int[] Weights = [1, 5, 25, 50, 75];
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(20);
    private static readonly (string Name, int Regions, TimeSpan Bake)[] Waves =
        [("canary", 1, TimeSpan.FromHours(2)), ("pilot", 4, TimeSpan.FromHours(12)), ("broad", 15, TimeSpan.FromDays(1))];

    [Fact]
    public async Task Days_of_steps_and_bakes_happen_in_the_right_order_in_every_region()
    {
        await using var world = await TimedWorld.StartAsync([.. DemoStacks.All.Select(Large)], new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

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

    // The stack as it is shipped, with three environments like its production, each with twenty regions.
    private static DemoStack Large(DemoStack stack)
    {
        var configuration = stack.Edit();
        var names = Enumerable.Range(1, Regions).Select(number => $"{(stack.Configuration.IsInChina ? "china" : "us")}region{number.ToString("00", CultureInfo.InvariantCulture)}").ToArray();
        var production = configuration["environments"]!.AsArray().Last()!;
        var environments = new JsonArray();
        foreach (var name in new[] { "test", "staging", "production" })
        {
            var environment = production.DeepClone().AsObject();
            environment["name"] = name;
            environment["waves"] = new JsonArray([.. Waves.Select((wave, index) => WaveOf(wave, names.Skip(Waves.Take(index).Sum(before => before.Regions)).Take(wave.Regions)))]);
            environment["rollout"] = new JsonObject { ["traffic"] = new JsonArray([.. Weights.Select(weight => new JsonObject { ["weight"] = weight, ["hold"] = $"{Hold.TotalMinutes}m" })]) };
            environment["verification"] = new JsonObject { ["requests"] = FewRequests };
            environment["analysis"] = new JsonObject
            {
                ["every"] = "10m",
                ["metrics"] = new JsonArray(
                    new JsonObject { ["name"] = "errors", ["minimum"] = FewRequests, ["regression"] = 0.9 },
                    new JsonObject { ["name"] = "latency", ["minimum"] = FewRequests }),
            };
            environments.Add(environment);
        }

        configuration["environments"] = environments;
        configuration["compliance"]!["residency"] = new JsonArray([.. names.Append(stack.Configuration.Orchestrator.Region.Value).Select(name => (JsonNode)name)]);
        var parsed = StackConfigurationParser.Parse(configuration.ToJsonString());
        parsed.Problems.ShouldBeEmpty();
        return new(parsed.Value!, configuration.ToJsonString());
    }

    private static JsonObject WaveOf((string Name, int Regions, TimeSpan Bake) wave, IEnumerable<string> regions) => new()
    {
        ["name"] = wave.Name,
        ["bake"] = $"{wave.Bake.TotalHours}h",
        ["regions"] = new JsonArray([.. regions.Select(region => new JsonObject { ["name"] = region })]),
    };
}
