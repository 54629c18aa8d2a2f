using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.GitHub;

/// <summary>A rollout to a hundred regions at once: more than GitHub takes in a minute.</summary>
public sealed class LargeRolloutTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly (string Name, int Regions, TimeSpan Bake)[] Waves = [("all", 50, TimeSpan.FromHours(1))];

    [Fact]
    public async Task A_rollout_to_two_stacks_of_fifty_regions_is_on_record_within_the_limits()
    {
        await using var world = await TimedWorld.StartAsync(
            [.. DemoStacks.All.Select(stack => LargeStack.Of(stack, ["production"], Waves, [10, 50], TimeSpan.FromMinutes(10)))],
            new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero));

        var release = await world.RollOutAsync();
        release.Phase.ShouldBe(RunPhase.Succeeded, string.Join("; ", release.Rollouts.Select(rollout => rollout.Rollout.Reason)));
        var minutes = 0;
        while (await WriteAsync(world) > 0)
        {
            world.Time.Advance(Minute);
            minutes++;
        }

        var (gitHub, writes) = (world.Sandbox.GitHub, world.Sandbox.GitHub.Writes());
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"2 x 50 regions at once: {writes.Count} writes, most in a minute {writes.Most(Minute)} (limit 80), most in an hour {writes.Most(TimeSpan.FromHours(1))} (limit 500); all told {minutes} min after the end"));
        writes.ShouldAllBe(write => write.IsTaken);
        gitHub.Deployments().Count.ShouldBe(100);
        gitHub.Deployments().Select(deployment => deployment.Environment).ShouldBeUnique();
        gitHub.Deployments().ShouldAllBe(deployment => deployment.State == "success");
    }

    private static async Task<int> WriteAsync(TimedWorld world)
    {
        await world.Host.Services.GetRequiredService<WriteDrainer>().DrainAsync(TestContext.Current.CancellationToken);
        return (await world.Host.Services.GetRequiredService<PendingWrites>().ListAsync(TestContext.Current.CancellationToken)).Count;
    }
}
