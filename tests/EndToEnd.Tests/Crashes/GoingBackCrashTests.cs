using Orchestrator.Core.Rollouts;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The plug pulled while an earlier release is rolled out again, because a person asked for it.</summary>
public sealed class GoingBackCrashTests
{
    [Fact]
    public Task A_release_that_is_gone_back_to_ends_as_an_undisturbed_one() => Crash.HoldsAsync(new()
    {
        Shape = CrashStacks.Of((CrashStacks.Staging, [["eastus"]])),
        PrepareAsync = async world =>
        {
            await CrashRun.EndAsync(world, await world.PublishAsync("1.1.0"));
            await CrashRun.EndAsync(world, await world.PublishAsync("1.2.0"));
        },
        AskAsync = world => world.AskAsync(new { tag = "v1.1.0", stack = CrashWorld.Stack, environment = CrashStacks.Staging, rollBack = true, why = "it was better" }),
        Ends = RunPhase.Succeeded,

        // What is the same as on the way forth is killed there.
        IsKilledAt = effect => effect.Phase is "promoting" or "summing up" || effect.What == "candidate started again",
        Others = [Moment.Acknowledged("accepted")],
    });
}
