using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Parity;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Tests.Parity;

/// <summary>Which of a stack's scores are shown for a release, and as what.</summary>
public sealed class SheetMakerTests
{
    private static readonly Sha256Digest Suite = Sha256Digest.Of("the suite"u8);
    private static readonly ReleaseTag Tag = Identifier.Parse<ReleaseTag>("v2.0.0");

    [Fact]
    public void Regions_and_models_of_the_last_environment_count_as_one()
    {
        var sheet = Make(
            Scores("production", "eastus2", passed: 8, latency: 100),
            Scores("production", "westus3", passed: 2, latency: 300, model: "another", identity: "7"),
            Scores("staging", "eastus", passed: 0)).ShouldNotBeNull();

        sheet.Environment.Value.ShouldBe("production");
        sheet.Models.ShouldBe([new("a-model", "6"), new("another", "7")]);
        sheet.Cases.ShouldBe([new CaseScore("case-1", "coding", 10, 20, 2, LatencyMs: 200)]);
    }

    [Fact]
    public void What_was_taken_for_the_release_in_an_earlier_environment_goes_before_what_was_taken_for_others_in_a_later_one() =>
        Make(Scores("staging", "eastus", passed: 3), Scores("production", "eastus2", passed: 9, tag: "v1.0.0")).ShouldNotBeNull().Cases[0].Passed.ShouldBe(3);

    [Fact]
    public void Where_the_release_took_none_the_last_ones_of_the_models_that_it_pins_count()
    {
        var sheet = Make(
            Scores("production", "eastus2", passed: 9, tag: "v1.0.0"),
            Scores("production", "westus3", passed: 1, tag: "v0.9.0", identity: "5"),
            Scores("production", "eastus", passed: 1, tag: "v0.9.0", identity: null)).ShouldNotBeNull();

        (sheet.Tag, sheet.Cases[0].Passed, sheet.Cases[0].Tries).ShouldBe((Tag, 9, 10));
        Make(Scores("production", "westus3", passed: 1, tag: "v0.9.0", identity: "5")).ShouldBeNull();
    }

    [Fact]
    public void What_the_pinned_weights_scored_in_another_server_stands_for_nothing()
    {
        var elsewhere = Scores("production", "eastus2", passed: 9, tag: "v1.0.0") with { ServerDigest = "0123456789" };

        Make(elsewhere).ShouldBeNull();
        Make(elsewhere, Scores("staging", "eastus", passed: 3, tag: "v1.0.0")).ShouldNotBeNull().Cases[0].Passed.ShouldBe(3);
    }

    [Fact]
    public void What_was_taken_for_another_manifest_of_the_tag_is_not_this_releases()
    {
        var (earlier, now) = (Sha256Digest.Of("earlier"u8), Sha256Digest.Of("now"u8));
        var late = Scores("production", "eastus2", passed: 1, verdict: Verdict.Fail) with { Manifest = earlier };
        var early = Scores("staging", "eastus", passed: 9, verdict: Verdict.Fail) with { Manifest = now };
        var unsaid = late with { Manifest = null };

        Make(now, late, early).ShouldNotBeNull().ShouldSatisfyAllConditions(
            sheet => sheet.Cases[0].Passed.ShouldBe(9),
            sheet => sheet.Manifest.ShouldBe(now));
        Make(now, late).ShouldBeNull();
        Make(now, unsaid).ShouldBeNull();
        Make(late).ShouldNotBeNull("an order of a build that named no manifest");
        Make(now, late with { Verdict = Verdict.Pass }).ShouldNotBeNull("they are of a model that it pins").Manifest.ShouldBe(now);
    }

    [Fact]
    public void Scores_of_an_older_suite_are_not_added_to_those_of_the_newest()
    {
        var older = Scores("production", "eastus2", passed: 1) with { At = DateTimeOffset.UnixEpoch.AddDays(-1), Candidate = new("default", Sha256Digest.Of("older"u8), [new("case-1", "coding", 1, 10, 0)]) };

        Make(older, Scores("production", "westus3", passed: 9)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            sheet => sheet.Digest.ShouldBe(Suite),
            sheet => sheet.Cases[0].Passed.ShouldBe(9));
    }

    [Fact]
    public void Without_scores_there_is_no_sheet() => Make().ShouldBeNull();

    [Fact]
    public void What_is_written_is_read_again_as_it_was()
    {
        var sheet = Make(Scores("production", "eastus2", passed: 8, latency: 100))!;

        var (bytes, refusal) = SheetJson.Write(sheet);
        var read = SheetJson.Read(bytes, sheet.Stack, sheet.Tag);

        refusal.ShouldBeNull();
        read.Refusal.ShouldBeNull();
        SheetJson.Write(read.Sheet!).Bytes.ShouldBe(bytes);
        read.Sheet!.Models.ShouldBe(sheet.Models);
        read.Sheet!.Cases.ShouldBe(sheet.Cases);
    }

    [Fact]
    public void Scores_of_another_release_that_did_not_pass_stand_for_nothing()
    {
        Make(Scores("production", "eastus2", passed: 1, tag: "v1.0.0", verdict: Verdict.Fail)).ShouldBeNull();
        Make(Scores("production", "eastus2", passed: 1, verdict: Verdict.Fail)).ShouldNotBeNull("a release shows what it has shown");
    }

    private static ScoreSheet? Make(params StoredScores[] stored) => Make(null, stored);

    private static ScoreSheet? Make(Sha256Digest? manifest, params StoredScores[] stored)
    {
        var own = new OwnShare(Identifier.Parse<StackName>("us-closed"), [Identifier.Parse<EnvironmentName>("staging"), Identifier.Parse<EnvironmentName>("production")], ["6"]);
        return SheetMaker.Of(new(new(Identifier.Parse<RepositoryName>("contoso/gateway"), Tag, 1), ParityDemand.Default, [own.Stack], [own], manifest), own, stored);
    }

    private static StoredScores Scores(string environment, string region, int passed, double? latency = null, string tag = "v2.0.0", string model = "a-model", string? identity = "6", Verdict verdict = Verdict.Pass) => new(
        Identifier.Parse<ReleaseTag>(tag),
        Identifier.Parse<StackName>("us-closed"),
        Identifier.Parse<EnvironmentName>(environment),
        Identifier.Parse<RegionName>(region),
        model,
        identity,
        DateTimeOffset.UnixEpoch,
        verdict,
        new("default", Suite, [new("case-1", "coding", passed, 10, 1, LatencyMs: latency)]),
        null);
}
