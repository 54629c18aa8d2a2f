using Orchestrator.Core.Lanes;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Lanes;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The plug pulled around what a rollout changes in the orchestrator's own store: it enters its lane, and it leaves it.</summary>
public sealed class LaneCrashTests
{
    [Fact]
    public async Task A_lane_is_entered_once_and_left_once()
    {
        StoreGate? gate = null;
        await Crash.HoldsAsync(new()
        {
            Shape = CrashStacks.Of((CrashStacks.Staging, [["eastus"]])).With(CrashStacks.Staging, environment => environment with
            {
                Waves = [.. environment.Waves.Select(wave => wave with { Bake = TimeSpan.FromSeconds(3) })],
            }),
            PrepareAsync = async world =>
            {
                // The store is made when it is first looked into.
                await world.GetAsync<LanesView>("lanes");
                gate = new(world.DataFolder);
                gate.HoldState();
            },
            AskAsync = world => world.PublishAsync("1.1.0"),
            Ends = RunPhase.Succeeded,
            BesideAsync = async (world, plug) =>
            {
                using var held = gate!;
                await PullAroundAsync(world, plug, held, nameof(AskLane), new("waiting", "lane entered", CrashStacks.Staging), lane => lane.Running is not null);
                await UntilToldAsync(world);
                held.HoldState();
                await PullAroundAsync(world, plug, held, nameof(LeaveLane), new("leaving", "lane left", CrashStacks.Staging), lane => lane.Running is null);
            },
            IsKilledAt = effect => effect.What.StartsWith("lane", StringComparison.Ordinal),
        });
    }

    // The region has ended, and the store is not needed before the bake is over.
    private static async Task UntilToldAsync(CrashWorld world)
    {
        while ((await world.GetAsync<WritesView>("github/writes")).Waiting > 0 || !world.Sandbox.GitHub.Deployments().Any(deployment => deployment.State == "success"))
        {
            await Breath.TakeAsync();
        }
    }

    private static async Task PullAroundAsync(CrashWorld world, Plug plug, StoreGate gate, string activity, SideEffect change, Func<Lane, bool> isMade)
    {
        await gate.UntilAskedForAsync(activity);
        plug.MayHappen(change);
        await world.LiveAsync();
        gate.HoldEngine();
        gate.LetGoOfState();
        await gate.UntilAsync(CrashWorld.Stack, CrashStacks.Staging, isMade);
        plug.Tell(change, hasEffect: true);
        gate.LetGoOfEngine();
    }
}
