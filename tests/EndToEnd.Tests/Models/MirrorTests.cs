using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Changes;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>New servers of an online endpoint are tried with copies of users' requests, in simulated time, before a candidate asks them.</summary>
public sealed class MirrorTests
{
    private const string Region = "chinaeast2";
    private const string Candidate = "a candidate is deployed";

    [Fact]
    public async Task Users_requests_are_copied_to_the_new_server_for_a_while_before_a_candidate_is_deployed()
    {
        await using var world = await StartAsync(new(25, TimeSpan.FromMinutes(10)));
        var changes = Watch(world);

        var (run, events) = await RunAsync(world, "1.1.0", DemoModelKind.Next);

        run.Verdict.ShouldBe(Verdict.Pass, run.Reason);
        run.Step.ShouldBe(RegionStep.Promoted);
        TimedWorld.Between(events, RegionStep.PreparingModels, RegionStep.Verifying).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(10));
        changes.ShouldBe([$"copies {ServerOf(DemoModelKind.Next)} 25", "copies none", Candidate, "removed blue"]);

        // From now on the gateway names its server, and what names one is not copied: nothing to judge by is no obstacle.
        changes.Clear();
        var (second, _) = await RunAsync(world, "1.2.0", DemoModelKind.Worse);
        second.Step.ShouldBe(RegionStep.Promoted, second.Reason);
        changes.ShouldBe([$"copies {ServerOf(DemoModelKind.Worse)} 25", "copies none", Candidate, $"removed {ServerOf(DemoModelKind.Next)}"]);
    }

    [Fact]
    public async Task A_server_that_fails_with_copies_is_removed_before_anybody_depends_on_it()
    {
        await using var world = await StartAsync(MirrorPolicy.Default);
        var changes = Watch(world, () => Cloud(world).ModelFaults.Set(ServerOf(DemoModelKind.Next), ModelFaultKind.Errors, 0.3));

        var (run, _) = await RunAsync(world, "1.1.0", DemoModelKind.Next);

        run.Step.ShouldBe(RegionStep.RolledBack);
        run.Verdict.ShouldBe(Verdict.Fail);
        run.Reason.ShouldNotBeNull().ShouldMatch(@"^deepseek-v4-flash: copied requests: errors \(azureMonitor\): expected at most 2% more than the baseline, and surely not \d+% more, found \d+ of \d+ against 0 of \d+");
        run.Candidate.ShouldBeNull("no gateway was ever to ask it");
        changes.ShouldBe([$"copies {ServerOf(DemoModelKind.Next)} 10", "copies none", $"removed {ServerOf(DemoModelKind.Next)}"]);
    }

    [Fact]
    public async Task Where_nothing_is_counted_it_is_an_error_and_copies_end()
    {
        await using var world = await StartAsync(MirrorPolicy.Default);
        var changes = Watch(world, () => Cloud(world).Faults.Set(Region, FaultKind.MetricsDown, FaultReach.All));

        var (run, _) = await RunAsync(world, "1.1.0", DemoModelKind.Next);

        (run.Step, run.Verdict).ShouldBe((RegionStep.RolledBack, Verdict.Error));
        changes.ShouldBe([$"copies {ServerOf(DemoModelKind.Next)} 10", "copies none", $"removed {ServerOf(DemoModelKind.Next)}"]);
    }

    [Fact]
    public async Task Who_stops_the_rollout_meanwhile_ends_the_copies_too()
    {
        await using var world = await StartAsync(MirrorPolicy.Default);

        // The request is held up until the order to stop is there, so that it comes while copies are made.
        var changes = Watch(world, () => Task.Run(() => RollBackAsync(world)).GetAwaiter().GetResult());

        var (run, _) = await RunAsync(world, "1.1.0", DemoModelKind.Next);

        run.Step.ShouldBe(RegionStep.RolledBack);
        changes.ShouldBe([$"copies {ServerOf(DemoModelKind.Next)} 10", "copies none", $"removed {ServerOf(DemoModelKind.Next)}"]);
    }

    private static async Task RollBackAsync(TimedWorld world)
    {
        var release = await world.GetAsync<ReleaseView>($"api/releases/{DemoWorld.RunOf("v1.1.0")}");
        using var answer = await world.PostAsync($"api/rollouts/{release!.Rollouts.Single().Rollout.Id}/rollBack");
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static async Task<TimedWorld> StartAsync(MirrorPolicy mirror)
    {
        var time = new SimulatedTime(new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        var world = await TimedWorld.StartAsync(
            SandboxStacks.Options(new()) with { TimeProvider = time },
            [OnMachines()],
            topology => World.Environment(DemoStacks.ChinaOpen, "staging", environment => environment with
            {
                Rollout = environment.Rollout with { Mirror = mirror },
                Gate = GatePolicy.Default with { When = GateTrigger.Never },
            })(World.WithoutWaits(topology)),
            time);
        Cloud(world).Users.Set(Region, 5);
        return world;
    }

    // The stack as it ships, its staging with a server of its own instead of a cluster that others run.
    private static DemoStack OnMachines()
    {
        var shipped = DemoStacks.Of(DemoStacks.ChinaOpen);
        var configuration = shipped.Edit();
        configuration["environments"]!.AsArray().RemoveAt(1);
        configuration["compliance"]!["exportLicence"] = "GX-2026-17";
        var model = configuration["environments"]![0]!["openModels"]![0]!.AsObject();
        model.Remove("endpoint");
        model["serving"] = "azureml";
        model["image"] = $"contoso.azurecr.cn/vllm@sha256:{new string('d', 64)}";
        model["accelerator"] = new JsonObject { ["vendor"] = "nvidia", ["kind"] = "T4", ["vmSize"] = "Standard_NC4as_T4_v3", ["count"] = 2 };
        var json = configuration.ToJsonString();
        return new(StackConfigurationParser.Parse(json).Value.ShouldNotBeNull(), json);
    }

    private static SandboxCloud Cloud(TimedWorld world) => world.Sandbox.Clouds[SandboxStacks.CloudOf(DemoStacks.ChinaOpen)];

    private static string ServerOf(DemoModelKind kind) => $"w-{ModelWorld.Weights(kind).Digest().Value[..12]}";

    // What becomes of copies, of servers and of the gateway, in order. Other changes of the endpoint leave copies as they are.
    private static ConcurrentQueue<string> Watch(TimedWorld world, Action? onCopies = null)
    {
        var seen = new ConcurrentQueue<string>();
        var copies = "copies none";
        world.Sandbox.Changes.Changed = (change, hasEffect) =>
        {
            if (Told(change) is not { } told || !hasEffect || told == copies)
            {
                return;
            }

            copies = told.StartsWith("copies ", StringComparison.Ordinal) ? told : copies;
            seen.Enqueue(told);
            if (told.StartsWith("copies w-", StringComparison.Ordinal))
            {
                onCopies?.Invoke();
            }
        };
        return seen;
    }

    private static string? Told(Change change) => change.Kind switch
    {
        "PUT Microsoft.MachineLearningServices/workspaces/onlineEndpoints" => (change.Body?["properties"]?["mirrorTraffic"] as JsonObject)?.FirstOrDefault() is { Key: { } server } copies
            ? $"copies {server} {copies.Value}"
            : "copies none",
        "DELETE Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments" => $"removed {change.Subject[(change.Subject.LastIndexOf('/') + 1)..]}",
        "PATCH Microsoft.App/containerApps" when change.Body?["properties"]?["template"] is not null => Candidate,
        _ => null,
    };

    private static async Task<(RegionRun Run, RolloutEvent[] Events)> RunAsync(TimedWorld world, string version, DemoModelKind kind)
    {
        var rollout = (await world.RollOutAsync(ModelWorld.Manifest(version, (DemoStacks.ChinaOpen, kind)))).Rollouts.ShouldHaveSingleItem();
        return (rollout.Waves[0].Regions[0], [.. (await world.EventsAsync(rollout)).Where(happened => happened.Region is not null)]);
    }
}
