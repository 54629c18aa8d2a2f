using System.Text;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>Hubs that are down and clusters that never serve: nothing is known against the release, and the region goes back in time.</summary>
public sealed class LateModelsTests
{
    private const string Flash = "deepseek-v4-flash";

    private static readonly TimeSpan ForModels = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_does_not_come_in_time_is_an_error_and_the_region_goes_back()
    {
        var stack = DemoStacks.Of(DemoStacks.ChinaOpen);
        await using var world = await TimedWorld.StartAsync(SandboxStacks.Options(new()), [stack], topology => Patient(ModelWorld.Few(0)(World.WithoutWaits(topology))), new(new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero)));
        var china = world.Sandbox.Clouds[stack.Cloud];
        china.External.FollowStorage(DemoModels.ServerOf("staging", Flash), _ => null);

        china.Hub.SetFault("config.json", new() { Busy = int.MaxValue });
        var down = await EndAsync(world, "1.1.0");
        china.Hub.ClearFault("config.json");
        var absent = await EndAsync(world, "1.2.0");

        down.Verdict.ShouldBe(Verdict.Error);

        // A slice of staging may be over before the hub has been given up: the clock goes on while requests are under way.
        down.Reason.ShouldNotBeNull().ShouldMatch("models were not there within 1m: (the hub cannot be read: config.json of deepseek-ai/DeepSeek-V4-Flash: read 0 of .* the hub answered 429|0 of 7 files verified)");
        absent.Verdict.ShouldBe(Verdict.Error);
        absent.Reason.ShouldNotBeNull().ShouldContain($"models were not there within 1m: the cluster's operator has yet to serve {Flash}-{ModelWorld.Weights(DemoModelKind.Next).Digest().Value[..12]}; it serves {Flash}");
        china.Apps().ShouldAllBe(app => app.Revisions.All(revision => revision.Version == "1.0.0"));
    }

    private static Topology Patient(Topology topology) => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack with
        {
            Environments = [.. stack.Environments.Select(environment => environment with
            {
                Rollout = environment.Rollout with { Limits = environment.Rollout.Limits with { Models = ForModels } },
            })],
        })],
    };

    // Within an activity nothing moves this clock but us, and only while models are waited for.
    private static async Task<RegionRun> EndAsync(TimedWorld world, string version)
    {
        var manifest = ModelWorld.Manifest(version, (DemoStacks.ChinaOpen, DemoModelKind.Next)).ToJsonString();
        DemoReleases.Register(world.Sandbox, ReleaseManifestParser.Parse(manifest).Value!);
        world.Sandbox.GitHub.Publish(DemoStacks.Repository.Value, $"v{version}", Encoding.UTF8.GetBytes(manifest));
        await Task.WhenAll(world.Sandbox.GitHub.Deliveries().Select(delivery => delivery.Sent));
        while (true)
        {
            var release = (await world.GetAsync<ReleaseView>($"api/releases/{DemoWorld.RunOf($"v{version}")}"))!;
            var run = release.Rollouts.SelectMany(rollout => ModelWorld.Runs(rollout)).SingleOrDefault();
            if (release.Phase.IsTerminal())
            {
                release.Phase.ShouldBe(RunPhase.RolledBack, release.Reason);
                return run!;
            }

            if (run?.Step == RegionStep.PreparingModels)
            {
                world.Time.GoOnTo(world.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
            }

            await Breath.TakeAsync();
        }
    }
}
