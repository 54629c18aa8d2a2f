using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The plug pulled while a rollout waits: for the line, for people, for time to pass.</summary>
public sealed class WaitingCrashTests
{
    [Fact]
    public Task A_release_that_waits_for_people_ends_as_an_undisturbed_one() => Crash.HoldsAsync(new()
    {
        Latencies = new() { WorkloadResponse = TimeSpan.FromMilliseconds(50) },
        Shape = CrashStacks.Of((CrashStacks.Staging, [["eastus"]])).With(CrashStacks.Staging, Careful),
        PrepareAsync = async world =>
        {
            (await world.PostAsync($"lines/{CrashWorld.Stack}/stop")).ShouldBeTrue();
            world.Faults.Set("eastus", FaultKind.Unhealthy, FaultReach.All);
        },
        AskAsync = world => world.PublishAsync("1.1.0"),
        Ends = RunPhase.Succeeded,
        Person = LetItGoOn,
        IsKilledAt = effect => effect.Phase is "paused" or "awaitingPromotion",
        Others =
        [
            Moment.InTheMiddle("waiting"),
            Moment.Acknowledged("waiting"),
            Moment.InTheMiddle("verifying"),
            Moment.Acknowledged("paused"),
            Moment.InTheMiddle("shifting"),
            Moment.Acknowledged("awaitingPromotion"),
            Moment.InTheMiddle("baking"),
        ],
    });

    private static EnvironmentDefinition Careful(EnvironmentDefinition environment) => environment with
    {
        Waves = [.. environment.Waves.Select(wave => wave with { Bake = TimeSpan.FromSeconds(1) })],
        Rollout = environment.Rollout with
        {
            Traffic = [.. environment.Rollout.Traffic.Select(step => step with { Hold = TimeSpan.FromMilliseconds(500) })],
            OnFailure = FailureAction.Pause,
            Promotion = Promotion.Manual,
        },
    };

    private static PersonsAct? LetItGoOn(CrashWorld world, RolloutView rollout)
    {
        if (rollout.Status is { Activity: RolloutActivity.Waiting } waiting)
        {
            return new("waiting", $"lines/{CrashWorld.Stack}/open", waiting.Record[^1].At);
        }

        var run = rollout.Waves[0].Regions[0];
        switch (run.Step)
        {
            case RegionStep.Paused:
                world.Faults.Clear(run.Region.Value);
                return new("paused", $"rollouts/{rollout.Rollout.Id}/resume", run.Since);
            case RegionStep.AwaitingPromotion:
                return new("awaitingPromotion", $"rollouts/{rollout.Rollout.Id}/promote", run.Since);
            default:
                return null;
        }
    }
}
