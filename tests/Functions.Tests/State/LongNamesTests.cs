using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.State;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Tests.State;

/// <summary>What is kept of models under stacks, environments and regions whose names are as long as they may be.</summary>
public sealed class LongNamesTests
{
    private static readonly RegionTarget Region = Targets.Of(new string('s', 20), new string('e', 16), new string('r', 20));
    private static readonly Sha256Digest Suite = Sha256Digest.Of("the suite"u8);

    // A manifest's names of models have no limit of their own; of one byte, the last that fits beside those names has 330 or less.
    public static TheoryData<string> Names() => [.. new[] { 1, 64, 128, 280, 300, 305, 310, 320, 330, 331, 400, 10_000 }.Select(length => new string('m', length)), new string('模', 128), new string('模', 1_000), "a/b c#d?e\\f"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_models_scores_are_kept_whatever_its_name(string model)
    {
        var (store, neighbour) = (new MemoryStore(), $"{model}2");
        var scores = new SuiteScoreStore(store);
        await scores.KeepAsync(Scores(model, 300), TestContext.Current.CancellationToken);
        await scores.KeepAsync(Scores(neighbour, 3), TestContext.Current.CancellationToken);

        var passed = (await scores.PassedAsync(Region, model, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        var all = await scores.OfAsync(Region.Stack, TestContext.Current.CancellationToken);

        passed.Model.ShouldBe(model);
        passed.Candidate.Cases.ShouldBe(ManyCases.Of(300));
        passed.Baseline.ShouldNotBeNull().Cases.ShouldBe(ManyCases.Of(300));
        all.Select(one => (one.Model, one.Candidate.Cases.Count, one.Baseline!.Cases.Count)).ShouldBe([(model, 300, 300), (neighbour, 3, 3)], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_looks_compare_with_is_kept_whatever_the_models_name(string model)
    {
        var (looks, neighbour) = (new ModelLookStore(new MemoryStore()), $"{model}2");
        foreach (var (name, cases) in new[] { (model, 300), (neighbour, 3) })
        {
            await looks.KeepAsync(Region, name, new ModelFingerprint(name, DateTimeOffset.UnixEpoch, new Dictionary<string, string>()), TestContext.Current.CancellationToken);
            await looks.KeepAsync(Region, name, new ScoreReference(name, null, DateTimeOffset.UnixEpoch, new("default", Suite, ManyCases.Of(cases))), TestContext.Current.CancellationToken);
        }

        (await looks.FingerprintAsync(Region, model, TestContext.Current.CancellationToken)).ShouldNotBeNull().Identity.ShouldBe(model);
        var reference = (await looks.ReferenceAsync(Region, model, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (reference.Identity, reference.Scores.Cases.Count).ShouldBe((model, 300));
    }

    [Fact]
    public async Task Names_that_a_store_takes_keep_the_keys_that_they_had()
    {
        var (store, model) = (new MemoryStore(), new string('m', 128));
        await new SuiteScoreStore(store).KeepAsync(Scores(model, 1), TestContext.Current.CancellationToken);

        var key = $"{Region.Stack}_{Region.Environment}_{Region.Region.Name}_{StateKeys.Of(model)}";
        store.Keys("suite-scores").ShouldBe([key]);
        store.Keys("suite-score-cases").ShouldBe(
            from kind in new[] { "suite-scores", "suite-scores-passed" }
            from side in new[] { "candidate", "baseline" }
            select $"{kind}_{key}_{side}.0",
            ignoreOrder: true);
    }

    private static StoredScores Scores(string model, int cases) => new(
        Identifier.Parse<ReleaseTag>("v1.0.0"),
        Region.Stack,
        Region.Environment,
        Region.Region.Name,
        model,
        "2026-08-07",
        DateTimeOffset.UnixEpoch,
        Verdict.Pass,
        new("default", Suite, ManyCases.Of(cases)),
        new("default", Suite, ManyCases.Of(cases)));
}
