using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.State;
using Orchestrator.Functions.Suites;
using static Orchestrator.EndToEnd.Tests.Parity.ParityRelease;

namespace Orchestrator.EndToEnd.Tests.Parity;

/// <summary>What leaves a stack's cloud: names, ids and numbers.</summary>
public sealed partial class SheetTests
{
    private const string Secret = "what the suite asks and what the model answers";

    private static readonly string[] Known =
        ["manifest", "stack", "tag", "environment", "at", "models", "name", "identity", "suite", "digest", "cases", "id", "category", "passed", "tries", "errors", "isQuarantined", "firstTokenMs", "latencyMs", "tokensPerSecond"];

    [Fact]
    public async Task A_sheet_holds_nothing_but_names_ids_and_numbers_whatever_lies_beside_the_scores()
    {
        await using var world = await World.StartAsync();
        foreach (var stack in new[] { Us, China })
        {
            await world.ShowAsync(stack, 90);
            await PutEvidenceAsync(world, stack);
        }

        await world.RollOutAsync(Next, Manifest("{}"));

        foreach (var stack in new[] { Us, China })
        {
            var text = await world.SheetAsync(stack);
            text.ShouldNotContain("the suite asks");
            var sheet = JsonNode.Parse(text);
            Names(sheet).Distinct().ShouldBeSubsetOf(Known);
            Texts(sheet).ShouldNotBeEmpty();
            Texts(sheet).ShouldAllBe(value => Name().IsMatch(value));
            (sheet!["stack"]!.GetValue<string>(), sheet["cases"]!.AsArray().Count, sheet["models"]![0]!["name"]!.GetValue<string>()).ShouldBe((stack, 5, "a-model"));
        }
    }

    [Fact]
    public async Task Scores_that_are_no_numbers_under_names_do_not_leave()
    {
        await using var world = await World.StartAsync();
        await world.ShowAsync(Us, 90);
        await world.ShowAsync(China, 90, model: Secret);

        var ended = await world.RollOutAsync(Next, Manifest("{}"));

        ended.Phase.ShouldBe(RunPhase.Succeeded);
        ended.Parity!.Reason.ShouldStartWith("china-open has scores that may not be published: models[0]: expected a name");
        var release = await world.ReleaseAsync();
        release.Assets.Select(asset => asset.Name).ShouldBe(["release.json", "scores.us-closed.json"]);
        release.Body.ShouldNotContain("the suite asks");
    }

    [Fact]
    public async Task A_further_attempt_puts_its_scores_in_the_place_of_the_earlier_ones()
    {
        await using var world = await World.StartAsync();
        await world.ShowAsync(Us, 90);
        await world.ShowAsync(China, 90);
        await world.RollOutAsync(Next, Manifest("{}"));
        await world.ShowAsync(China, 50);

        await world.PostAsync("rollouts", new { tag = Tag, why = "once more" });
        var again = await world.UntilRunAsync(Deliveries.LedgerWorld.RunOf(Next, 2), release => release.Phase.IsTerminal());
        await world.TellGitHubAsync();

        again.Phase.ShouldBe(RunPhase.Failed);
        (await world.ReleaseAsync()).Assets.Select(asset => asset.Name).ShouldBe(["release.json", "scores.us-closed.json", "scores.china-open.json"], ignoreOrder: true);
        JsonNode.Parse(await world.SheetAsync(China))!["cases"]!.AsArray().Sum(one => one!["passed"]!.GetValue<int>()).ShouldBe(50);
        (await world.FindAsync(Tag)).ShouldNotBeNull().Phase.ShouldBe(RunPhase.Succeeded, "the first attempt has ended as it did");
    }

    [Fact]
    public async Task What_an_earlier_attempt_has_shown_with_another_manifest_stands_for_nothing_in_a_later_one()
    {
        await using var world = await World.StartAsync();
        var store = world.Demo.Host.Services.GetRequiredService<SuiteScoreStore>();
        foreach (var stack in new[] { Us, China })
        {
            await store.KeepAsync(Stored(world, stack, 50) with { Verdict = Verdict.Fail, Manifest = DigestOf(Manifest("{}")) }, TestContext.Current.CancellationToken);
        }

        var first = await world.RollOutAsync(Next, Manifest("{}"));
        var other = Manifest("""{ "maxDifference": 0.2 }""");
        await world.ReplaceAsync("release.json", other);
        await store.KeepAsync(Stored(world, Us, 90) with { Manifest = DigestOf(other) }, TestContext.Current.CancellationToken);

        await world.PostAsync("rollouts", new { tag = Tag, why = "with another manifest" });
        var again = await world.UntilRunAsync(Deliveries.LedgerWorld.RunOf(Next, 2), release => release.Phase.IsTerminal());
        await world.TellGitHubAsync();

        first.Parity.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Pass);
        again.Parity.ShouldNotBeNull().ShouldSatisfyAllConditions(
            parity => parity.Verdict.ShouldBe(Verdict.Inconclusive),
            parity => parity.Reason.ShouldBe("china-open has no scores of this release"));
        JsonNode.Parse(await world.SheetAsync(Us))!["manifest"]!.GetValue<string>().ShouldBe(DigestOf(other).Value);
        JsonNode.Parse(await world.SheetAsync(China))!["manifest"]!.GetValue<string>().ShouldBe(DigestOf(Manifest("{}")).Value, "who reads it sees what it is for");
    }

    // As a store might have it one day: the texts beside the numbers.
    private static async Task PutEvidenceAsync(World world, string stack)
    {
        var store = world.Demo.Host.Services.GetRequiredService<IStateStore>();
        await PutAsync("suite-scores", scores =>
        {
            scores["scores"]!["evidence"] = Secret;
            scores["scores"]!["candidate"]!["answers"] = new JsonArray(Secret);
        });
        await PutAsync("suite-score-cases", cases => cases[0]!["prompt"] = Secret);

        async Task PutAsync(string kind, Action<JsonNode> change)
        {
            var entry = (await store.ListAsync(kind, TestContext.Current.CancellationToken)).First(one => one.Key.Contains(stack, StringComparison.Ordinal) && !one.Key.Contains("passed", StringComparison.Ordinal));
            var json = JsonNode.Parse(entry.Json)!;
            change(json);
            (await store.TryWriteAsync(kind, entry.Key, json.ToJsonString(), entry.Version, TestContext.Current.CancellationToken)).ShouldBeTrue();
        }
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(one => Names(one.Value).Prepend(one.Key)),
        JsonArray list => list.SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(one => Texts(one.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}\z")]
    private static partial Regex Name();
}
