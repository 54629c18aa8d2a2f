namespace Orchestrator.EndToEnd.Tests;

/// <summary>The command line with input that is wrong: everything at once, no stack trace, nothing started.</summary>
public sealed class BadArgumentTests
{
    [Fact]
    public async Task Serve_refuses_to_start_without_settings_and_lists_all_of_them()
    {
        var (exit, output) = await CommandLine.RunAsync("serve", "--data", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

        exit.ShouldBe(2);
        output.ShouldContain("Orchestrator:Topology: expected");
        output.ShouldContain("GitHub:WebhookSecret: expected");
        output.ShouldContain("GitHub:Token: expected");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Serve_names_every_problem_of_a_topology_by_its_path()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{ "repository": "contoso/assistant", "stacks": [ { "name": "Us Closed" } ] }""");

        var (exit, output) = await CommandLine.RunAsync("serve", "--topology", file);

        exit.ShouldBe(2);
        output.ShouldContain("$.stacks[0].name: expected");
        output.ShouldContain("$.stacks[0].cloud: expected");
        output.ShouldContain("$.stacks[0].environments: expected");
    }

    [Theory]
    [InlineData("demo", "--fault", "china-open/chinanorth3=tired")]
    [InlineData("demo", "--fault", "mars/olympus=slow")]
    [InlineData("demo", "--fault", "china-open")]
    [InlineData("demo", "--release", "/does/not/exist.json")]
    [InlineData("demo", "--colour", "red")]
    [InlineData("demo", "--url", "nowhere")]
    [InlineData("sandbox", "--port", "many")]
    [InlineData("dance")]
    public async Task Arguments_that_make_no_sense_end_with_2_and_say_what_was_expected(params string[] arguments)
    {
        var (exit, output) = await CommandLine.RunAsync(arguments);

        exit.ShouldBe(2);
        output.ShouldNotBeEmpty();
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_release_file_with_many_mistakes_is_refused_with_all_of_them()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{ "version": "1", "stacks": { "us-closed": { "image": "latest", "colour": 1 }, "atlantis": {} } }""");

        var (exit, output) = await CommandLine.RunAsync("demo", "--release", file);

        exit.ShouldBe(2);
        foreach (var path in new[] { "$.version", "$.stacks.us-closed.image", "$.stacks.us-closed.colour", "$.stacks.atlantis.image" })
        {
            output.ShouldContain($"{path}: expected");
        }
    }
}
