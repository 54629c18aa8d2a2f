using Orchestrator.Core.Rollouts;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>A real process, killed before and after everything that it changes outside, and a new one on the same data.</summary>
public sealed class ReleaseCrashTests
{
    [Fact]
    public Task A_release_that_is_rolled_out_ends_as_an_undisturbed_one() => Crash.HoldsAsync(new()
    {
        Shape = CrashStacks.Of((CrashStacks.Staging, [["eastus"]]), (CrashStacks.Production, [["westcentralus", "westus3"]])),
        AskAsync = world => world.PublishAsync("1.1.0"),
        Ends = RunPhase.Succeeded,
        Others = [Moment.Acknowledged("accepted")],
    });

    [Fact]
    public Task A_release_that_is_refused_ends_as_an_undisturbed_one() => Crash.HoldsAsync(new()
    {
        Shape = CrashStacks.Of((CrashStacks.Staging, [["eastus"]])),
        AskAsync = world => world.PublishAsync("1.1.0", "{}"),
        Ends = RunPhase.Failed,
    });
}
