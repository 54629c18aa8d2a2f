using Orchestrator.Core.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The demo takes the stacks from the files that the infra program takes them from, however many there are.</summary>
public sealed class DemoStackTests
{
    [Fact]
    public void A_third_stack_lives_in_a_simulated_cloud_of_its_own()
    {
        var folder = Shipped();
        var third = Read(folder, "china-open")
            .Replace("china-open", "china-south", StringComparison.Ordinal)
            .Replace("91e0d2c3-b4a5-4768-8f9a-0b1c2d3e4f52", "11e0d2c3-b4a5-4768-8f9a-0b1c2d3e4f52", StringComparison.Ordinal)
            .Replace("2c4e6a80-1b3d-4f57-8967-a5b4c3d2e1f2", "1c4e6a80-1b3d-4f57-8967-a5b4c3d2e1f2", StringComparison.Ordinal)
            .Replace("registries/contoso", "registries/fabrikam", StringComparison.Ordinal)
            .Replace("contoso.azurecr.cn", "fabrikam.azurecr.cn", StringComparison.Ordinal)
            .Replace("models.contoso.example.cn", "models.fabrikam.example.cn", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "Pulumi.china-south.yaml"), third);

        DemoStacks.ReadAll(folder).Select(stack => (stack.Name, stack.Cloud))
            .ShouldBe([("china-open", "azure-china"), ("china-south", "azure-china-china-south"), ("us-closed", "azure-public")]);
    }

    [Fact]
    public async Task A_region_that_is_added_to_the_file_is_rolled_out_to_with_no_other_change()
    {
        const string Added = "centralus";
        var folder = Shipped();
        var changed = Read(folder, "us-closed")
            .Replace("residency: [", $"residency: [{Added}, ", StringComparison.Ordinal)
            .Replace("              - name: westus3\n", $"              - name: westus3\n              - name: {Added}\n", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "Pulumi.us-closed.yaml"), changed);
        var stacks = DemoStacks.ReadAll(folder);
        await using var world = await TimedWorld.StartAsync(stacks, new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

        var release = await world.RollOutAsync();

        release.Phase.ShouldBe(RunPhase.Succeeded);
        var production = release.Rollouts.Single(rollout => (rollout.Rollout.Stack.Value, rollout.Rollout.Environment.Value) == ("us-closed", "production"));
        var pilot = (await world.EventsAsync(production)).Where(happened => happened.Wave?.Value == "pilot" && happened.Step == RegionStep.Promoted);
        pilot.Select(happened => happened.Region!.Value).ShouldBe(["westus3", Added], ignoreOrder: true);
    }

    [Theory]
    [InlineData("market: unitedStates", "market: mars", "Pulumi.us-closed.yaml: $.compliance.market: expected one of")]
    [InlineData("name: southcentralus", "name: centralus", "GEN-PAIR-01")]
    [InlineData("version: \"2026-08-07\", ", "", "GEN-PIN-01")]
    [InlineData("config:", "config: [", "Pulumi.us-closed.yaml: expected YAML")]
    public void A_stack_that_cannot_be_built_is_refused_with_the_reason(string good, string bad, string message)
    {
        var folder = Shipped();
        File.WriteAllText(Path.Combine(folder, "Pulumi.us-closed.yaml"), Read(folder, "us-closed").Replace(good, bad, StringComparison.Ordinal));

        Should.Throw<InvalidOperationException>(() => DemoStacks.ReadAll(folder)).Message.ShouldContain(message);
    }

    private static string Shipped()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var file in Directory.EnumerateFiles(RepositoryFolder.Of("infra"), "Pulumi.*.yaml"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    private static string Read(string folder, string stack) => File.ReadAllText(Path.Combine(folder, $"Pulumi.{stack}.yaml"));
}
