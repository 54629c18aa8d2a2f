namespace Orchestrator.EndToEnd.Tests;

/// <summary>The first command of the README, as a newcomer runs it, with the latencies that make it worth watching.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_succeeds_stays_when_asked_and_stops_cleanly_on_ctrl_c()
    {
        var (exit, output) = await CommandLine.InterruptAsync("set a fault", "demo", "--stay", "--url", CommandLine.AnyPort);

        exit.ShouldBe(0, output);
        output.ShouldContain("v1.1.0: succeeded");
        foreach (var stack in new[] { "us-closed", "china-open" })
        {
            output.ShouldMatch($@"{stack}: \d+\.\d s from publication to the end; critical path .* overhead ");
        }

        output.ShouldContain("/api/health/ready");
        output.ShouldContain("/api/rollouts");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task An_interrupted_demo_does_not_claim_success()
    {
        var (exit, output) = await CommandLine.InterruptAsync("deploying", "demo", "--url", CommandLine.AnyPort);

        exit.ShouldBe(130, output);
        output.ShouldContain("Interrupted");
        output.ShouldNotContain("   at ");
    }
}
