namespace Orchestrator.EndToEnd.Tests;

/// <summary>The doctor as a platform team calls it.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task The_shipped_configurations_are_well()
    {
        var (exit, output) = await CommandLine.RunAsync("doctor", "--folder", RepositoryFolder.Of("infra"));

        exit.ShouldBe(0);
        output.ShouldBe("china-open\n  ok  configuration\nus-closed\n  ok  configuration\n");
    }

    [Fact]
    public async Task What_a_rule_only_warns_of_is_shown()
    {
        var folder = Directory.CreateTempSubdirectory();
        var china = await File.ReadAllTextAsync(RepositoryFolder.Of("infra", "Pulumi.china-open.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "Pulumi.china-open.yaml"),
            china.Replace("""protection: { level: 3, certificate: "11010820260001" }""", "levels: { CN-MLPS-01: warn }", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var (exit, output) = await CommandLine.RunAsync("doctor", "--folder", folder.FullName);

        exit.ShouldBe(0);
        output.ShouldContain("china-open\n  ok  configuration\n  !!  $.compliance.protection: expected the level of protection");
        output.ShouldContain("[CN-MLPS-01:");
    }

    [Fact]
    public async Task A_bad_configuration_ends_with_2_and_all_its_problems_and_the_others_are_still_looked_at()
    {
        var folder = Directory.CreateTempSubdirectory();
        var china = await File.ReadAllTextAsync(RepositoryFolder.Of("infra", "Pulumi.china-open.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Pulumi.china-open.yaml"), china.Replace("name: chinaeast3", "name: eastus", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Pulumi.other.yaml"), "config: {}", TestContext.Current.CancellationToken);
        File.Copy(RepositoryFolder.Of("infra", "Pulumi.us-closed.yaml"), Path.Combine(folder.FullName, "Pulumi.us-closed.yaml"));

        var (exit, output) = await CommandLine.RunAsync("doctor", "--folder", folder.FullName);

        exit.ShouldBe(2);
        output.ShouldContain("GEN-CLOUD-01");
        output.ShouldContain("GEN-RES-01");
        output.ShouldContain("expected the key dual-stack:stack under 'config', found none");
        output.ShouldContain("us-closed\n  ok  configuration");
        output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData(null, "--stack", "atlantis")]
    [InlineData(null, "--cloud", "--topology", "/nowhere.json")]
    public async Task Arguments_that_make_no_sense_end_with_2(string? folder, params string[] arguments)
    {
        var (exit, output) = await CommandLine.RunAsync(["doctor", "--folder", folder ?? RepositoryFolder.Of("infra"), .. arguments]);

        exit.ShouldBe(2);
        output.ShouldContain("xpected");
        output.ShouldNotContain("   at ");
    }
}
