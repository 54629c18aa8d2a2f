using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.EndToEnd.Tests.Parity;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>A suite of hundreds of cases: more than a slice runs, and more than an entry of the store holds.</summary>
public sealed class LargeSuiteTests
{
    private const int Count = 300;
    private const string Stack = DemoStacks.UsClosed;

    [Fact]
    public async Task Its_scores_are_whole_wherever_they_are_read_again()
    {
        await using var models = await ModelWorld.StartAsync(ContinuousWorld.Of("staging", ContinuousPolicy.Default));
        var suite = Suite();
        var ids = suite["cases"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ToArray();
        var bytes = ModelWorld.Utf8(suite.ToJsonString());
        var manifest = ModelWorld.WithSuite(ModelWorld.Manifest("1.1.0", (Stack, DemoModelKind.Next)), bytes);
        manifest["parity"] = new JsonObject();

        (await models.RollOutAsync(manifest, (ModelWorld.SuiteAsset, bytes))).Phase.ShouldBe(RunPhase.Succeeded);

        var last = (await models.Regions(Stack)[0].ScoresAsync(ContinuousWorld.Model)).ShouldNotBeNull();
        last.Candidate.Cases.Select(one => one.Id).ShouldBe(ids);
        last.Baseline.ShouldNotBeNull().Cases.Select(one => one.Id).ShouldBe(ids);
        last.Candidate.Cases.ShouldAllBe(one => one.Tries == 1 && one.Passed == 1);
        (await models.Regions(Stack)[0].PassedAsync(ContinuousWorld.Model)).ShouldNotBeNull().Candidate.Cases.ShouldBe(last.Candidate.Cases);

        await models.World.TellGitHubAsync();
        JsonNode.Parse(await models.World.SheetAsync(Stack))!["cases"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ShouldBe(ids);
        (await models.World.ReportAsync("v1.1.0")).Report.Cases.Select(one => one.Id).ShouldBe(ids);

        var look = (await ContinuousWorld.VerifyAsync(models.World)).Regions.ShouldHaveSingleItem();
        look.Check(ModelCheckKind.Quality).ShouldSatisfyAllConditions(
            check => check.Verdict.ShouldBe(Verdict.Pass),
            check => check.Detail.ShouldContain("below the baseline's 100", customMessage: "it is compared with all that the gate has kept"));
    }

    // What ships, again and again under other ids, as long as an id may be.
    private static JsonObject Suite()
    {
        var suite = ModelWorld.QuickSuite();
        suite["name"] = "large-suite";
        var quick = suite["cases"]!.AsArray().Where(one => one!["graders"]!.AsArray().All(grader => grader!["kind"]!.GetValue<string>() is "jsonSchema" or "refusal" or "pattern" or "numeric")).ToArray();
        suite["cases"] = new JsonArray([.. Enumerable.Range(0, Count).Select(number =>
        {
            var one = quick[number % quick.Length]!.DeepClone();
            one["id"] = string.Create(CultureInfo.InvariantCulture, $"{number:000}-{one["id"]}-").PadRight(64, 'x');
            one["short"] = true;
            return one;
        })]);
        return suite;
    }
}
