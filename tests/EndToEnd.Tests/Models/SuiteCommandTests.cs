using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Core.Names;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>Suites from the command line: against a model, and only checked.</summary>
public sealed class SuiteCommandTests : IDisposable
{
    private const string Model = "small";

    private readonly string folder = Directory.CreateTempSubdirectory("suite-").FullName;

    [Fact]
    public async Task A_suite_that_every_answer_passes_ends_with_0_and_its_evidence_is_in_the_file()
    {
        await using var server = await AnsweringServer.StartAsync((_, question) => question == "secret" ? "密码" : question);
        var json = Path.Combine(folder, "run.json");
        await File.WriteAllTextAsync(json, new string(' ', 100_000), TestContext.Current.CancellationToken);
        var suite = Write(Case("one", "one"), Case("two", "two"), Case("secret", "密码", isShort: true));

        var (exit, output) = await RunAsync(server, suite, "--json", json, "--parallel", "2");

        exit.ShouldBe(0, output);
        output.ShouldContain("test 1");
        output.ShouldContain("3 of 3 cases passed, 0 flaky, 0 quarantined; 6 tries in ");
        server.Requests.Count.ShouldBe(6);
        server.Requests.ShouldAllBe(request => request.Model == Model && request.Authorization == string.Empty);
        var text = await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken);
        text.ShouldContain("密码");
        var run = JsonNode.Parse(text)!;
        run["scores"]!["digest"]!.GetValue<string>().ShouldBe(Sha256Digest.Of(await File.ReadAllBytesAsync(suite, TestContext.Current.CancellationToken)).Value);
        run["scores"]!["cases"]!.AsArray().Select(one => (one!["id"]!.GetValue<string>(), one["passed"]!.GetValue<int>())).ShouldBe([("one", 2), ("two", 2), ("secret", 2)]);
        run["evidence"]!.AsArray().Count.ShouldBe(6);
    }

    [Fact]
    public async Task Cases_that_fail_or_cannot_be_measured_end_with_1_and_are_named_with_their_reasons()
    {
        await using var server = await AnsweringServer.StartAsync((_, question) => question == "gone" ? null : "\u001b[31mwrong");

        var (exit, output) = await RunAsync(server, Write(Case("right", "\u001b[31mwrong"), Case("failed", "right"), Case("gone", "gone"), Case("known", "right", quarantined: "its question is wrong")));

        exit.ShouldBe(1);
        output.ShouldContain("failed: 0 of 2 passed; ");
        output.ShouldContain("gone: 0 of 2 passed; not measured: status 404");
        output.ShouldContain("known (quarantined: its question is wrong): 0 of 2 passed; ");
        output.ShouldContain("1 of 3 cases passed, 0 flaky, 1 quarantined");
        output.ShouldNotContain("\u001b[31m", customMessage: "what a model writes does nothing to the terminal");
    }

    [Fact]
    public async Task Single_cases_or_the_short_suite_are_asked_alone_and_a_quarantined_case_fails_nothing()
    {
        await using var server = await AnsweringServer.StartAsync((_, question) => question);
        var suite = Write(Case("one", "one"), Case("two", "two", isShort: true), Case("known", "else", quarantined: "its question is wrong", isShort: true));

        (await RunAsync(server, suite, "--case", "one", "--case", "two")).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(0),
            run => run.Output.ShouldContain("2 of 2 cases passed"));
        server.Requests.Select(request => request.Question).Distinct().ShouldBe(["one", "two"], ignoreOrder: true);
        (await RunAsync(server, suite, "--short")).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(0),
            run => run.Output.ShouldContain("1 of 1 cases passed, 0 flaky, 1 quarantined; 4 tries in "));
    }

    [Fact]
    public async Task The_suite_that_ships_is_run_where_no_file_is_named()
    {
        await using var server = await AnsweringServer.StartAsync((_, _) => "I do not know.");

        var (exit, output) = await CommandLine.RunAsync("suite", "run", "--endpoint", server.Api, "--model", Model, "--case", "code-sum-even");

        exit.ShouldBe(1);
        output.ShouldContain("code-sum-even: 0 of 3 passed; ");
        output.ShouldContain("0 of 1 cases passed");
    }

    [Fact]
    public async Task A_key_is_read_from_the_variable_that_is_named_and_judges_are_models_at_the_same_address()
    {
        await using var server = await AnsweringServer.StartAsync((model, question) => model == "judge" ? "It is short.\nPASS" : question);
        var judged = Case("judged", "judged");
        judged["graders"] = new JsonArray(new JsonObject { ["kind"] = "judge", ["model"] = "judge", ["rubric"] = "It is short." });

        using var process = CommandLine.Start(("MODEL_KEY", "a-key"), "suite", "run", Write(judged), "--endpoint", server.Api, "--model", Model, "--key-setting", "MODEL_KEY");
        var (exit, output) = await CommandLine.EndAsync(process);

        exit.ShouldBe(0, output);
        server.Requests.Select(request => request.Model).ShouldBe([Model, "judge", Model, "judge"], ignoreOrder: true);
        server.Requests.ShouldAllBe(request => request.Authorization == "Bearer a-key");
        output.ShouldNotContain("a-key");
    }

    [Fact]
    public async Task Ctrl_C_ends_a_run_with_130()
    {
        var asked = new TaskCompletionSource();
        await using var server = await AnsweringServer.StartAsync(async (_, _, gone) =>
        {
            asked.TrySetResult();
            return await new TaskCompletionSource<string?>().Task.WaitAsync(gone);
        });
        using var process = CommandLine.Start("suite", "run", Write(Case("one", "one")), "--endpoint", server.Api, "--model", Model);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);

        var (exit, output) = await CommandLine.EndAsync(process);

        exit.ShouldBe(130);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task What_cannot_be_run_ends_with_2_and_says_why_before_anything_is_asked()
    {
        await using var server = await AnsweringServer.StartAsync((_, question) => question);
        var (good, bad) = (Write(Case("one", "one")), Path.Combine(folder, "bad.json"));
        await File.WriteAllTextAsync(bad, """{ "name": "Bad Name", "version": "1", "cases": [ { "id": "one" } ], "colour": 1 }""", TestContext.Current.CancellationToken);
        string[] there = ["--endpoint", server.Api, "--model", Model];

        await Task.WhenAll(
            RefusedAsync("no case of that id", "Expected ids of cases of suite test, found 'two', 'three'.", ["suite", "run", good, .. there, "--case", "one", "--case", "two", "--case", "three"]),
            RefusedAsync("no short case", "Expected cases that belong to the short suite, found none in suite test.", ["suite", "run", good, .. there, "--short"]),
            RefusedAsync("no file", "Expected a suite's file, found none at '", ["suite", "run", Path.Combine(folder, "none.json"), .. there]),
            RefusedAsync("no suite", "$.name: expected", ["suite", "run", bad, .. there]),
            RefusedAsync("no key", "Expected the API's key in the environment variable NO_SUCH_KEY, found none.", ["suite", "run", good, .. there, "--key-setting", "NO_SUCH_KEY"]),
            RefusedAsync("nowhere to write to", "Expected a file that can be written at '", ["suite", "run", good, .. there, "--json", Path.Combine(folder, "none", "run.json")]),
            RefusedAsync("none at once", "--parallel: expected a number from 1 to 256, found 0", ["suite", "run", good, .. there, "--parallel", "0"]),
            RefusedAsync("no address", "--endpoint: expected an absolute http or https address, found 'nowhere'", ["suite", "run", good, "--endpoint", "nowhere", "--model", Model]),
            RefusedAsync("no model", "--model", ["suite", "run", good, "--endpoint", server.Api]));

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_says_what_is_in_a_suite_or_all_that_is_wrong_with_it()
    {
        var (good, bad, large) = (Write(Case("one", "one", isShort: true), Case("two", "two", quarantined: "its question is wrong")), Path.Combine(folder, "bad.json"), Path.Combine(folder, "large.json"));
        await File.WriteAllTextAsync(bad, """{ "name": "Bad Name", "cases": [ { "id": "one" } ], "colour": 1 }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(large, new string(' ', Core.Suites.Suite.LargestSize + 1), TestContext.Current.CancellationToken);

        var (exit, output) = await CommandLine.RunAsync("suite", "check", good);
        exit.ShouldBe(0, output);
        output.Trim().ShouldBe($"test 1: 2 cases, 1 of them in the short suite, 1 quarantined; SHA-256 {Sha256Digest.Of(await File.ReadAllBytesAsync(good, TestContext.Current.CancellationToken))}");
        (await CommandLine.RunAsync("suite", "check", RepositoryFolder.Of("functions", "Suites", "default.json"))).Exit.ShouldBe(0);

        var (refused, problems) = await CommandLine.RunAsync("suite", "check", bad);
        refused.ShouldBe(2);
        foreach (var path in new[] { "$.name", "$.version", "$.cases[0].category", "$.cases[0].messages", "$.cases[0].graders", "$.colour" })
        {
            problems.ShouldContain($"{path}: expected");
        }

        await RefusedAsync("too large", $"Expected a suite of at most {Core.Suites.Suite.LargestSize} bytes, found {Core.Suites.Suite.LargestSize + 1} at '", ["suite", "check", large]);
        await RefusedAsync("a folder", "Expected a suite's file, found none at '", ["suite", "check", folder]);
        await RefusedAsync("nothing", "Required argument 'file'", ["suite", "check"]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Task<(int Exit, string Output)> RunAsync(AnsweringServer server, string suite, params string[] further) =>
        CommandLine.RunAsync(["suite", "run", suite, "--endpoint", server.Api, "--model", Model, .. further]);

    private static async Task RefusedAsync(string what, string why, string[] arguments)
    {
        var (exit, output) = await CommandLine.RunAsync(arguments);

        exit.ShouldBe(2, what);
        output.ShouldContain(why, customMessage: what);
        output.ShouldNotContain("   at ", customMessage: what);
    }

    private static JsonObject Case(string id, string right, string? quarantined = null, bool isShort = false) => new()
    {
        ["id"] = id,
        ["category"] = "english",
        ["short"] = isShort,
        ["quarantined"] = quarantined,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = id }),
        ["graders"] = new JsonArray(new JsonObject { ["kind"] = "exact", ["value"] = right }),
    };

    private string Write(params JsonObject[] cases)
    {
        var file = Path.Combine(folder, "suite.json");
        File.WriteAllText(file, new JsonObject { ["name"] = "test", ["version"] = "1", ["repeats"] = 2, ["cases"] = new JsonArray([.. cases]) }.ToJsonString());
        return file;
    }
}
