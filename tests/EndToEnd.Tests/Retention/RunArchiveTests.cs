using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Retention;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.State;
using Orchestrator.Local.Demo;
using Orchestrator.Local.State;

namespace Orchestrator.EndToEnd.Tests.Retention;

/// <summary>A record is whole, however large its rollout was.</summary>
public sealed class RunArchiveTests : IDisposable
{
    // Understanding the Table service data model: a property holds 64 KiB of UTF-16.
    private const int LargestEntry = 32_768;

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("archive-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rollout_of_a_thousand_regions_with_long_reasons_fits_the_store_and_is_read_back()
    {
        using var store = SqliteStateStore.Open(Path.Combine(folder, "state.db"));
        var archive = new RunArchive(store);
        var records = Large();

        await archive.AddAsync(records, Token);
        var view = (await archive.ViewAsync(records.Head.Rollout.Id, Token)).ShouldNotBeNull();

        view.Waves.Select(wave => wave.Wave.Value).ShouldBe(["canary", "broad"]);
        view.Waves.SelectMany(wave => wave.Regions).ShouldBe(records.Regions.Select(region => region.Run));
        view.Record.ShouldNotBeNull().Decisions.Select(decision => decision.Why).ShouldBe(records.Decisions.Select(decision => decision.Why));
        view.Record.Approvals.ShouldBe(records.Approvals);
        foreach (var kind in new[] { "archived-rollouts", "archived-regions", "archived-decisions", "archived-approvals" })
        {
            (await store.ListAsync(kind, Token)).ShouldAllBe(entry => entry.Json.Length < LargestEntry);
        }
    }

    [Fact]
    public async Task A_record_without_its_head_is_none_and_is_written_again()
    {
        using var store = SqliteStateStore.Open(Path.Combine(folder, "state.db"));
        var archive = new RunArchive(store);
        var records = Large();
        await archive.AddAsync(records, Token);
        await store.DeleteAsync("archived-rollouts", records.Head.Rollout.Id, Token);

        (await archive.ViewAsync(records.Head.Rollout.Id, Token)).ShouldBeNull();
        await archive.AddAsync(records with { Regions = [records.Regions[0]] }, Token);

        (await archive.ViewAsync(records.Head.Rollout.Id, Token)).ShouldNotBeNull().Waves.ShouldHaveSingleItem().Regions.ShouldBe([records.Regions[0].Run]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static RolloutRecords Large()
    {
        var long200 = new string('长', 200);
        var key = new ReleaseKey(DemoStacks.Repository, Identifier.Parse<ReleaseTag>("v1.1.0"), ReleaseKey.OfRelease);
        var (stack, environment) = (Identifier.Parse<StackName>(DemoStacks.UsClosed), Identifier.Parse<EnvironmentName>("production"));
        var summary = new RolloutSummary(key.Rollout(stack, environment), key.ReleaseRun(), key.Tag, stack, environment, RunPhase.Failed, Verdict.Fail, long200, Now, Now) { ArchivedAt = Now };
        var candidate = new RecordedCandidate("1.1.0", Identifier.Parse<CommitSha>(new string('a', 40)), Identifier.Parse<ImageReference>($"contoso.azurecr.io/gateway@sha256:{new string('b', 64)}"), null, false, null, null);
        var digest = Sha256Digest.Of("a plan"u8);
        return new(
            new(summary, candidate, TimeSpan.FromDays(40)),
            [.. Enumerable.Range(0, 1_000).Select(number => new ArchivedRegion(
                Identifier.Parse<WaveName>(number == 0 ? "canary" : "broad"),
                new RegionRun(Identifier.Parse<RegionName>($"region{number}"), RegionStep.RolledBack, Now, 0, Verdict.Fail, long200, "gateway--v1-1-0", new("gateway--v1-0-0", "v1.0.0", "1.0.0"))))],
            [.. Enumerable.Range(0, 50).Select(number => new DecisionRecord(Now, $"person {number}", DecisionKind.Verify, long200, [.. Enumerable.Repeat(long200, 10)], $"key {number}"))],
            [.. Enumerable.Range(0, 100).Select(number => new Approval($"person {number}", ApprovalWord.Approve, digest, Now, long200))]);
    }
}
