namespace Orchestrator.EndToEnd.Tests;

/// <summary>The demo with a fault: one stack goes back, the other goes on.</summary>
public sealed class DemoFaultTests
{
    [Fact]
    public async Task A_fault_rolls_its_stack_back_and_the_exit_code_says_so()
    {
        var (exit, output) = await CommandLine.RunAsync("demo", "--fault", "china-open/chinanorth3=unhealthy", "--url", CommandLine.AnyPort);

        exit.ShouldBe(3, output);
        output.ShouldMatch("us-closed/production/[^\n]*promoted");
        output.ShouldMatch("china-open/production/chinanorth3[^\n]*rolled back");
        output.ShouldNotMatch("china-open/production/[^\n]*promoted *│ *pass");
    }
}
