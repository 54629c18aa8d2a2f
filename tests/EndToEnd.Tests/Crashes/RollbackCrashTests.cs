using Orchestrator.Core.Rollouts;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The plug pulled while regions go back to their baselines. What comes before is the same as in a release that succeeds.</summary>
public sealed class RollbackCrashTests
{
    [Fact]
    public Task A_release_that_is_rolled_back_ends_as_an_undisturbed_one() => Crash.HoldsAsync(new()
    {
        Shape = CrashStacks.Of((CrashStacks.Production, [["westcentralus"], ["westus3"]])),
        PrepareAsync = world => SetAsync(world, "westus3", FaultKind.Errors, FaultReach.Next),
        AskAsync = world => world.PublishAsync("1.1.0"),
        Ends = RunPhase.RolledBack,
        IsKilledAt = effect => effect.Phase is "rollingBack" or "rolledBack",
    });

    [Fact]
    public Task A_rollback_that_fails_ends_as_an_undisturbed_one_and_pages_once() => Crash.HoldsAsync(new()
    {
        Shape = CrashStacks.Of((CrashStacks.Staging, [["eastus"]])).With(CrashStacks.Staging, environment => environment with
        {
            Rollout = environment.Rollout with { Limits = environment.Rollout.Limits with { Measure = TimeSpan.FromSeconds(1) } },
        }),
        PrepareAsync = world => SetAsync(world, "eastus", FaultKind.Unhealthy, FaultReach.All),
        AskAsync = world => world.PublishAsync("1.1.0"),
        Ends = RunPhase.Failed,
        IsKilledAt = effect => effect.Phase == "rollbackFailed",
    });

    private static Task SetAsync(CrashWorld world, string region, FaultKind fault, FaultReach reach)
    {
        world.Faults.Set(region, fault, reach);
        return Task.CompletedTask;
    }
}
