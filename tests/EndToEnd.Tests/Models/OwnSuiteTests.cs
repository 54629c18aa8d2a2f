using System.Text.Json.Nodes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>A release brings its own suite, and what is wrong with what it brings is said before anything is rolled out.</summary>
public sealed class OwnSuiteTests
{
    private const string Asset = ModelWorld.SuiteAsset;

    [Fact]
    public async Task A_releases_own_suite_judges_its_models()
    {
        await using var models = await ModelWorld.StartAsync();
        var suite = ModelWorld.Utf8(Suite().ToJsonString());
        var manifest = ModelWorld.WithSuite(ModelWorld.Manifest("1.1.0", (DemoStacks.UsClosed, DemoModelKind.Next)), suite);
        var draft = await models.DraftAsync(manifest, (Asset, suite));
        (await models.PlanAsync("v1.1.0")).Refusal.ShouldBeNull("the suite is on the draft");

        await models.PublishAsync(draft);
        (await models.World.EndAsync("v1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);

        var scores = (await models.Regions(DemoStacks.UsClosed)[0].ScoresAsync("gpt-5")).ShouldNotBeNull().Candidate;
        (scores.Suite, scores.Digest, scores.Cases.Count).ShouldBe(("own-suite", Sha256Digest.Of(suite), 36));
        scores.Cases.ShouldAllBe(one => one.Tries == 1);
    }

    [Fact]
    public async Task What_is_wrong_with_a_releases_suite_or_weights_keeps_it_from_being_rolled_out()
    {
        await using var models = await ModelWorld.StartAsync();
        var good = ModelWorld.Utf8(Suite().ToJsonString());
        var broken = ModelWorld.Utf8("""{ "name": "broken" }""");
        var judged = Suite();
        judged["cases"]![0]!["graders"] = new JsonArray(new JsonObject { ["kind"] = "judge", ["model"] = "deepseek-v4-flash", ["rubric"] = "It is friendly." });
        var foreign = ModelWorld.Utf8(judged.ToJsonString());
        var incomplete = ModelWorld.Manifest("1.0.5", (DemoStacks.UsClosed, DemoModelKind.Next), (DemoStacks.ChinaOpen, DemoModelKind.Next));
        var files = incomplete["stacks"]![DemoStacks.ChinaOpen]!["openWeights"]![0]!["files"]!.AsArray();
        files.Remove(files.Single(file => file!["path"]!.GetValue<string>() == "tokenizer.json"));

        await IsRefusedAsync(Closed("1.0.1", good), [(Asset, [.. good, (byte)'\n'])], $"expected {Asset} with SHA-256 {Sha256Digest.Of(good)}, as release.json says; found ");
        await IsRefusedAsync(Closed("1.0.2", good), [], $"expected one asset {Asset} on release v1.0.2, found 0");
        await IsRefusedAsync(Closed("1.0.3", broken), [(Asset, broken)], $"{Asset} is not a suite: ");
        await IsRefusedAsync(Closed("1.0.4", foreign), [(Asset, foreign)], "expected the judges of suite own-suite to be models of us-closed (gpt-5), because what is judged never leaves its stack; found deepseek-v4-flash");
        await IsRefusedAsync(incomplete, [], $"release.json: $.stacks.{DemoStacks.ChinaOpen}.openWeights[0].files: expected a tokenizer: ");

        async Task IsRefusedAsync(JsonObject manifest, (string, byte[])[] assets, string reason)
        {
            var ended = await models.RollOutAsync(manifest, assets);

            ended.Phase.ShouldBe(RunPhase.Failed);
            ended.Rollouts.ShouldBeEmpty();
            ended.Reason.ShouldNotBeNull().ShouldContain(reason);
        }

        static JsonObject Closed(string version, byte[] suite) => ModelWorld.WithSuite(ModelWorld.Manifest(version, (DemoStacks.UsClosed, DemoModelKind.Next)), suite);
    }

    // Some of the cases that ship.
    private static JsonObject Suite()
    {
        var suite = ModelWorld.QuickSuite();
        suite["name"] = "own-suite";
        suite["cases"] = new JsonArray([.. suite["cases"]!.AsArray().Take(36).Select(one => one!.DeepClone())]);
        return suite;
    }
}
