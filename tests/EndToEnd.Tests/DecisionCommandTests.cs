using Orchestrator.Core.Approvals;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The commands that people steer rollouts with, as processes of their own.</summary>
public sealed class DecisionCommandTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Staging = "staging";

    [Fact]
    public async Task A_release_is_planned_approved_and_followed_from_the_command_line()
    {
        var policy = new ApprovalPolicy([new("holder of the function key")], 1, [], NotByPublisher: true, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        await using var world = await World.OfAsync(Stack, World.Environment(Stack, Staging, environment => environment with { Approval = policy }));
        await world.PublishAsync();
        var rollout = (await world.UntilAsync(Stack, Staging, one => one.Status?.Activity == RolloutActivity.AwaitingApproval)).Rollout.Id;

        var (planned, plan) = await RunAsync(world, "plan", "v1.1.0");
        planned.ShouldBe(0);
        plan.ShouldContain("us-closed/staging\n  1.1.0, at least ");
        plan.ShouldContain("  waits for 1 of 1 approvals by holder of the function key\n  wave all: 10 %, 50 %, 100 %\n    eastus: ");
        var digest = plan[(plan.IndexOf("us-closed/staging", StringComparison.Ordinal)..)].Split("; plan ")[1][..64];

        var (refused, why) = await RunAsync(world, "rollouts", "approve", rollout, "--plan", new string('0', 64));
        refused.ShouldBe(5);
        why.ShouldContain($"expected the plan as it is now, {digest}");
        (await RunAsync(world, "rollouts", "approve", rollout, "--plan", digest, "--why", "it is time")).Exit.ShouldBe(0);

        await world.EndAsync("v1.1.0");
        (await RunAsync(world, "rollouts", "list")).Output.ShouldContain($"v1.1.0       us-closed/staging            Succeeded   {rollout}");
    }

    [Fact]
    public async Task Somebodys_key_is_shown_once_and_opens_until_it_is_taken_away()
    {
        await using var world = await World.StartAsync();

        var (made, key) = await RunAsync(world, "keys", "add", "ada");
        made.ShouldBe(0);
        (await StatusAsync(key.Trim())).ShouldBe(200);
        (await RunAsync(world, "keys", "list")).Output.Trim().ShouldBe("ada");
        File.ReadAllText(Path.Combine(world.Demo.DataFolder, "keys.json")).ShouldNotContain(key.Trim());

        (await RunAsync(world, "keys", "remove", "ada")).Exit.ShouldBe(0);
        (await StatusAsync(key.Trim())).ShouldBe(401);
        (await RunAsync(world, "keys", "remove", "ada")).Output.ShouldContain("Expected one of nobody: there are no keys, found 'ada'.");

        async Task<int> StatusAsync(string with) =>
            (int)(await world.Http.GetAsync(new Uri($"api/rollouts?code={with}", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode;
    }

    [Fact]
    public async Task Without_an_orchestrator_or_a_key_a_command_says_what_is_lacking()
    {
        var empty = Directory.CreateTempSubdirectory().FullName;

        (await CommandLine.RunAsync("plan", "v1.1.0", "--data", empty)).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(2),
            run => run.Output.ShouldContain("Expected your key in ORCHESTRATOR_KEY, or an orchestrator's folder in --data; found neither"));
        File.WriteAllText(Path.Combine(empty, "function.key"), new string('k', 48));
        (await CommandLine.RunAsync("rollouts", "list", "--data", empty, "--url", "http://127.0.0.1:1")).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(1),
            run => run.Output.ShouldContain("Expected an orchestrator at http://127.0.0.1:1/, found none"));
    }

    private static Task<(int Exit, string Output)> RunAsync(World world, params string[] command) => CommandLine.RunAsync(command[0] switch
    {
        "keys" => [.. command, "--data", world.Demo.DataFolder],
        _ => [.. command, "--data", world.Demo.DataFolder, "--url", world.Demo.Host.Address.ToString()],
    });
}
