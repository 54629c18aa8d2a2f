using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.EndToEnd.Tests.Deliveries;
using Orchestrator.Functions.Approvals;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Retention;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Retention;

/// <summary>What has ended is kept as policy says, and purged once its records are written.</summary>
public sealed class RetentionTests
{
    private static readonly TimeSpan Later = TimeSpan.FromDays(91);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task That_a_comment_was_answered_is_kept_as_long_as_its_delivery()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Publish("1.1.0");
        await world.SentAsync();
        await world.EndAsync("1.1.0");
        var answer = $"comment-{world.GitHub.Comment(DemoStacks.Repository.Value, "v1.1.0", "eve", "/approve me")}";
        await world.SentAsync();
        await world.Host.Client.WaitForInstanceCompletionAsync(answer, Token);

        world.Time.Advance(TimeSpan.FromDays(29));
        await world.PurgeAsync();
        (await world.RunsAsync("comment-")).ShouldBe([answer]);

        world.Time.Advance(TimeSpan.FromDays(2));
        (await world.PurgeAsync()).Instances.ShouldBe(1);
        (await world.RunsAsync("comment-")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_ended_is_there_until_its_time_and_then_answers_from_its_record()
    {
        await using var world = await LongRecord.StartAsync();
        var run = LedgerWorld.RunOf(LongRecord.Old);
        var before = await world.ReleaseAsync(run);
        var listed = await world.ListAsync();
        var first = before.Rollouts[0].Rollout;
        using var decided = await world.Http.PostAsJsonAsync($"api/rollouts/{first.Id}/verify", new { why = new string('y', 500) }, Token);
        decided.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var plan = Sha256Digest.Of("a plan"u8);
        await world.Host.Services.GetRequiredService<ApprovalStore>().AddAsync(first.Stack, first.Environment, first.Tag, new("ada", ApprovalWord.Approve, plan, first.StartedAt, null), _ => null, Token);
        await world.AskAgainAsync();
        world.Time.Advance(TimeSpan.FromDays(89));
        (await world.PurgeAsync()).ShouldSatisfyAllConditions(
            early => early.Releases.ShouldBeEmpty(),
            early => early.Instances.ShouldBe(0));
        (await world.ReleaseAsync(run)).ArchivedAt.ShouldBeNull();

        world.Time.Advance(TimeSpan.FromDays(2));
        var purged = await world.PurgeAsync();

        purged.Problem.ShouldBeNull();
        purged.Releases.ShouldBe([run, LedgerWorld.RunOf(LongRecord.Old, attempt: 2)], ignoreOrder: true);
        purged.Kept.Select(kept => kept.Release).ShouldBe([LedgerWorld.RunOf(LongRecord.Baseline), LedgerWorld.RunOf(LongRecord.Promoted)], ignoreOrder: true);
        purged.Instances.ShouldBeGreaterThan(purged.Rollouts.Count);
        (await world.RunsAsync(string.Empty)).ShouldAllBe(id => !id.Contains("v1-1-0", StringComparison.Ordinal));

        var after = await world.ReleaseAsync(run);
        after.ArchivedAt.ShouldNotBeNull();
        (after with { ArchivedAt = null, Rollouts = before.Rollouts }).ShouldBe(before);
        foreach (var (was, isNow) in before.Rollouts.Zip(after.Rollouts))
        {
            (isNow.Rollout with { ArchivedAt = null }).ShouldBe(was.Rollout);
            isNow.Rollout.ArchivedAt.ShouldNotBeNull();
            isNow.Waves.SelectMany(wave => wave.Regions).ShouldBe(was.Waves.SelectMany(wave => wave.Regions));
            isNow.Record.ShouldNotBeNull().Candidate.Version.ShouldBe(LongRecord.Old);
            (await world.RolloutAsync(was.Rollout.Id)).Rollout.ShouldBe(isNow.Rollout);
            var history = await world.Http.GetFromJsonAsync<JsonElement>($"api/rollouts/{was.Rollout.Id}/events", Token);
            history.GetProperty("events").GetArrayLength().ShouldBe(0);
            history.GetProperty("archivedAt").GetDateTimeOffset().ShouldBe(isNow.Rollout.ArchivedAt.Value);
        }

        var record = after.Rollouts[0].Record.ShouldNotBeNull();
        record.Decisions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            decision => decision.Kind.ShouldBe(DecisionKind.Verify),
            decision => decision.By.ShouldBe("holder of the function key"),
            decision => decision.Why.ShouldNotBeNull().Length.ShouldBe(200));
        record.Approvals.ShouldHaveSingleItem().ShouldSatisfyAllConditions(approval => approval.By.ShouldBe("ada"), approval => approval.Plan.ShouldBe(plan));
        (await world.ListAsync()).Select(rollout => rollout.Id).ShouldBeSubsetOf(listed.Select(rollout => rollout.Id).Append(LongRecord.RolloutOf(LongRecord.Old, attempt: 2)));
        (await world.ListAsync()).Count.ShouldBe(listed.Count + 1);
        (await world.PurgeAsync()).Releases.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_been_purged_is_not_started_again_by_a_delivery_a_sweep_or_a_person()
    {
        await using var world = await LongRecord.StartAsync();
        var second = await world.AskAgainAsync();
        var published = world.GitHub.Deliveries().First(delivery => delivery.Action == "published");
        world.Time.Advance(Later);
        (await world.PurgeAsync()).Releases.ShouldContain(second);
        (await world.Ledger.FindAsync(published.DeliveryId.ToString(), Token)).ShouldBeNull("it is older than the ledger keeps");

        (await world.SendAsync(published)).ShouldBe(202);
        (await world.RecordedAsync(published.DeliveryId)).Run.ShouldBe(LedgerWorld.RunOf(LongRecord.Old));
        var swept = await world.SweepAsync();

        swept.Problem.ShouldBeNull();
        swept.Gaps.ShouldBeEmpty();
        (await world.RunsAsync("release-")).ShouldBe([LedgerWorld.RunOf(LongRecord.Baseline), LedgerWorld.RunOf(LongRecord.Promoted)], ignoreOrder: true);
        (await world.AskAgainAsync()).ShouldBe(LedgerWorld.RunOf(LongRecord.Old, attempt: 3), "the first two have been made");
    }

    [Fact]
    public async Task What_is_under_way_is_kept_however_old_it_is()
    {
        await using var world = await LedgerWorld.StartAsync();
        using var stopped = await world.Http.PostAsJsonAsync("api/lines/all/stop", new { why = "an audit" }, Token);
        world.Publish(LongRecord.Old);
        await world.SentAsync();
        while ((await world.ListAsync()).Count < DemoStacks.Names.Count)
        {
            await Breath.TakeAsync();
        }

        world.Time.Advance(Later);
        (await world.PurgeAsync()).Releases.ShouldBeEmpty();

        using var opened = await world.Http.PostAsJsonAsync("api/lines/all/open", new { }, Token);
        (await world.EndAsync(LongRecord.Old)).Phase.ShouldBe(RunPhase.Succeeded);
        (await world.PurgeAsync()).ShouldSatisfyAllConditions(
            fresh => fresh.Releases.ShouldBeEmpty(),
            fresh => fresh.Kept.ShouldBeEmpty("it has ended just now"));
    }

    [Theory]
    [InlineData("archived-regions")]
    [InlineData("archived-rollouts")]
    [InlineData("archived-releases")]
    public async Task Nothing_is_purged_whose_record_could_not_be_written(string kind)
    {
        await using var world = await LongRecord.StartAsync();
        var all = await world.RunsAsync(string.Empty);
        world.Time.Advance(Later);
        world.Down = new HashSet<string> { kind };

        var failed = await world.PurgeAsync();

        failed.Problem.ShouldNotBeNull();
        failed.IsComplete.ShouldBeFalse();
        (await world.RunsAsync(string.Empty)).ShouldBe(all);
        (await world.RetentionHealthAsync()).Status.ShouldBe("Degraded");
        world.Down = new HashSet<string>();
        (await world.PurgeAsync()).Releases.ShouldBe([LedgerWorld.RunOf(LongRecord.Old)]);
        (await world.ReleaseAsync(LedgerWorld.RunOf(LongRecord.Old))).Rollouts.ShouldNotBeEmpty();
        (await world.RetentionHealthAsync()).Status.ShouldBe("Healthy");
    }

    [Fact]
    public async Task A_purge_that_is_cut_short_anywhere_loses_nothing_and_the_next_one_goes_on()
    {
        await using var world = await LongRecord.StartAsync();
        var run = LedgerWorld.RunOf(LongRecord.Old);
        var whole = await world.ReleaseAsync(run);
        world.Time.Advance(Later);
        var purge = world.Host.Services.GetRequiredService<RunPurge>();
        var cuts = 0;
        while (await purge.RunAsync(new CutShortClient(world.Host.Client, purges: 1), Token) is { Problem: not null } cut)
        {
            cuts++;
            cut.Releases.ShouldBeEmpty();
            var now = await world.ReleaseAsync(run);
            now.Phase.ShouldBe(whole.Phase);
            now.Rollouts.Select(rollout => rollout.Rollout with { ArchivedAt = null }).ShouldBe(whole.Rollouts.Select(rollout => rollout.Rollout));
            now.Rollouts.SelectMany(rollout => rollout.Waves).SelectMany(wave => wave.Regions)
                .ShouldBe(whole.Rollouts.SelectMany(rollout => rollout.Waves).SelectMany(wave => wave.Regions));
        }

        cuts.ShouldBeGreaterThan(whole.Rollouts.Count);
        (await world.ReleaseAsync(run)).ArchivedAt.ShouldNotBeNull();
        (await world.RunsAsync("release-")).ShouldNotContain(run);
    }

    [Fact]
    public async Task Every_night_the_purge_goes_by_itself_and_health_says_when_it_did_not()
    {
        await using var world = await LedgerWorld.StartAsync(further: new Dictionary<string, string?> { [LedgerWorld.PurgeTimer] = "false" });
        (await world.RetentionHealthAsync()).ShouldSatisfyAllConditions(
            first => first.Status.ShouldBe("Healthy"),
            first => first.Description("lastPurge").ShouldBe("none yet"),
            first => first.Data("lastPurge").GetProperty("runDays").GetInt32().ShouldBe(90));

        world.Time.Advance(TimeSpan.FromDays(1));
        GitHubReport health;
        while (!(health = await world.RetentionHealthAsync()).Data("lastPurge").TryGetProperty("last", out _))
        {
            await Breath.TakeAsync();
        }

        health.Description("lastPurge").ShouldBe("complete");
    }
}
