using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Hosting;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A rollout of days, on simulated time: two stacks of three environments of twenty regions.</summary>
public sealed class LongRolloutTests : IAsyncDisposable
{
    private const int Regions = 20;
    private static readonly int[] Weights = [1, 5, 25, 50, 75];
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(20);
    private static readonly (string Name, int Regions, TimeSpan Bake)[] Waves =
        [("canary", 1, TimeSpan.FromHours(2)), ("pilot", 4, TimeSpan.FromHours(12)), ("broad", 15, TimeSpan.FromDays(1))];

    private readonly string folder = Directory.CreateTempSubdirectory("long-").FullName;

    [Fact]
    public async Task Days_of_steps_and_bakes_happen_in_the_right_order_in_every_region()
    {
        var time = new SimulatedTime(new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        var stacks = DemoStacks.All.Select(Large).ToArray();
        await using var sandbox = await SandboxHost.StartAsync(Options(stacks), TestContext.Current.CancellationToken);
        var topology = await StackPrograms.UpAsync(sandbox, stacks, TestContext.Current.CancellationToken);
        var (file, certificate) = SandboxStacks.Write(sandbox, topology, folder);
        var settings = SandboxStacks.Settings(sandbox, file, certificate);
        settings["AzureWebJobs.WatchRegions.Disabled"] = "true";
        await using var host = (await FunctionApp.StartAsync(
            Path.Combine(folder, "data"),
            new("http://127.0.0.1:0"),
            settings,
            LogLevel.Error,
            TestContext.Current.CancellationToken,
            options => options with { TimeProvider = time, Idle = time.GoOnTo })).ShouldNotBeNull();
        DemoReleases.Register(sandbox, ReleaseManifestParser.Parse(DemoReleases.Manifest(DemoReleases.NextVersion)).Value!);
        sandbox.GitHub.AddHook(DemoStacks.Repository.Value, new(host.Address, "api/github/webhooks"), SandboxStacks.WebhookSecret);
        sandbox.GitHub.Publish(DemoStacks.Repository.Value, "v1.1.0", System.Text.Encoding.UTF8.GetBytes(DemoReleases.Manifest(DemoReleases.NextVersion)));
        await Task.WhenAll(sandbox.GitHub.Deliveries().Select(delivery => delivery.Sent));

        await host.Client.WaitForInstanceCompletionAsync(DemoWorld.RunOf("v1.1.0"), TestContext.Current.CancellationToken);

        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("x-functions-key", host.FunctionKey);
        var release = (await http.GetFromJsonAsync<ReleaseView>($"api/releases/{DemoWorld.RunOf("v1.1.0")}", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
        release.Phase.ShouldBe(RunPhase.Succeeded, string.Join("; ", release.Rollouts.Select(rollout => rollout.Rollout.Reason)));
        release.Rollouts.Count.ShouldBe(6);
        foreach (var stack in release.Rollouts.GroupBy(rollout => rollout.Rollout.Stack))
        {
            var until = DateTimeOffset.MinValue;
            foreach (var rollout in stack)
            {
                var events = (await http.GetFromJsonAsync<RolloutEventList>($"api/rollouts/{rollout.Rollout.Id}/events", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Events;
                events[0].At.ShouldBeGreaterThanOrEqualTo(until, "each environment begins when the one before has ended");
                until = Check(events);
            }
        }

        (release.UpdatedAt - release.StartedAt).ShouldBeGreaterThan(3 * (TimeSpan.FromHours(38) + (3 * Weights.Length * Hold)));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
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
            environment["verification"] = new JsonObject { ["requests"] = 2 };
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

    private static SandboxOptions Options(DemoStack[] stacks)
    {
        var options = SandboxStacks.Options(new SandboxLatencies());
        return options with
        {
            Limits = new(1_000_000, 1_000_000, 1_000_000, 1_000_000),
            Clouds = [.. options.Clouds.Select(cloud => cloud with
            {
                Regions = [.. stacks.Single(stack => stack.Cloud == cloud.Name).Configuration.Places.Select(place => place.Name.Value).Distinct()],
            })],
        };
    }
}
