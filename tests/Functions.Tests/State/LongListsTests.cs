using System.Globalization;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Approvals;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Comments;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.Retention;
using Orchestrator.Functions.Watch;

namespace Orchestrator.Functions.Tests.State;

/// <summary>What people and clouds say, as much of it as may be, in entries that hold no more than every store takes.</summary>
public sealed class LongListsTests
{
    private static readonly RegionTarget Region = Targets.Of("cn-open", "production", "chinaeast2");
    private static readonly ReleaseTag Tag = Identifier.Parse<ReleaseTag>("v1.1.0");
    private static readonly Sha256Digest Plan = Sha256Digest.Of("the plan"u8);
    private const string Stranger = "zoe@contoso.example";
    private static readonly Sha256Digest Another = Sha256Digest.Of("another plan"u8);

    /// <summary>Reasons as long as one may be: in Chinese, and in what JSON has to write with more characters than there are.</summary>
    public static TheoryData<string> Reasons() => [new string('理', 500), string.Concat(Enumerable.Repeat("𠮷", 250)), new string('"', 500), new string('\u0001', 500)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Decisions_are_kept_however_many_come_and_the_oldest_go(string why)
    {
        var store = new DecisionStore(new MemoryStore());
        await store.AddAsync("rollout", Decided(0, DecisionKind.Pause, why), Token);
        for (var number = 1; number <= 60; number++)
        {
            await store.AddAsync("rollout", Decided(number, DecisionKind.Promote, why), Token);
            (await store.ReadAsync("rollout", Token))[^1].Why.ShouldBe(why);
        }

        var kept = await store.ReadAsync("rollout", Token);
        kept[0].Kind.ShouldBe(DecisionKind.Pause, "the rollout is paused still");
        kept.Skip(1).Select(one => one.At).ShouldBe(Enumerable.Range(61 - kept.Count + 1, kept.Count - 1).Select(At));
    }

    [Fact]
    public async Task Fifty_decisions_with_reasons_in_Chinese_are_all_kept()
    {
        var store = new DecisionStore(new MemoryStore());
        for (var number = 0; number < 50; number++)
        {
            await store.AddAsync("rollout", Decided(number, DecisionKind.Promote, new string('理', 400)) with { Key = null }, Token);
        }

        (await store.ReadAsync("rollout", Token)).Count.ShouldBe(50);
    }

    [Fact]
    public async Task A_verification_that_finds_much_in_many_regions_is_kept()
    {
        var store = new DecisionStore(new MemoryStore());
        string[] told = [.. Enumerable.Range(0, 60).Select(region => $"region{region}: {new string('错', 2_000)}")];

        await store.AddAsync("rollout", Decided(0, DecisionKind.Pause, null) with { Told = told }, Token);
        await store.AddAsync("rollout", Decided(1, DecisionKind.Verify, null) with { Told = told }, Token);

        (await store.ReadAsync("rollout", Token)).Select(one => one.Told[0][..9]).ShouldBe(["region0: ", "region0: "]);
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task What_a_hundred_approvers_have_said_last_of_the_plan_always_counts(string why)
    {
        var store = new ApprovalStore(new MemoryStore());
        var approvers = Enumerable.Range(0, 100).Select(number => string.Create(CultureInfo.InvariantCulture, $"审批人-{number}@contoso.example")).ToArray();
        await SayAsync(Stranger, ApprovalWord.Reject, Another, 0, why);
        for (var turn = 0; turn < 3; turn++)
        {
            foreach (var by in approvers)
            {
                await SayAsync(by, ApprovalWord.Approve, turn == 1 ? Another : Plan, turn, why);
            }
        }

        await SayAsync(approvers[7], ApprovalWord.Reject, Plan, 3, why);

        var policy = new ApprovalPolicy([.. approvers.Select(by => new Approver(by))], 99, [], NotByPublisher: false, TimeSpan.FromDays(7), TimeSpan.FromDays(7));
        var said = await store.ReadAsync(Region.Stack, Region.Environment, Tag, Token);
        ApprovalDecisions.Judge(policy, said, Plan, null, At(3)).ShouldBe(new(ApprovalState.Rejected, $"rejected by {approvers[7]}: {why}"));
        ApprovalDecisions.Judge(policy, [.. said.SkipLast(1)], Plan, null, At(3)).State.ShouldBe(ApprovalState.Granted);
        said.ShouldContain(one => one.By == Stranger, "what was said against another plan goes after all that was said for it");

        async Task SayAsync(string by, ApprovalWord word, Sha256Digest plan, int turn, string reason) =>
            (await store.AddAsync(Region.Stack, Region.Environment, Tag, new(by, word, plan, At(turn), reason, Key: $"comment-{turn}-{by}"), _ => null, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Where_more_counts_than_can_be_kept_it_is_refused_and_nothing_is_lost()
    {
        var store = new ApprovalStore(new MemoryStore());
        ApprovalRefusal? refusal = null;
        var counted = 0;
        for (; refusal is null; counted++)
        {
            refusal = await store.AddAsync(Region.Stack, Region.Environment, Tag, new($"{counted}{new string('名', 1_000)}", ApprovalWord.Approve, Plan, At(0), null), _ => null, Token);
        }

        refusal.IsForbidden.ShouldBeFalse();
        (await store.ReadAsync(Region.Stack, Region.Environment, Tag, Token)).Count.ShouldBe(counted - 1);
    }

    [Fact]
    public async Task What_is_found_and_what_looks_have_seen_is_kept_however_long_its_words_are()
    {
        var (store, words) = (new MemoryStore(), new string('错', 20_000));
        var look = new RegionModelLook(Region.Stack, Region.Environment, Region.Region.Name, At(0), "v1.0.0", At(0), [.. Enumerable.Range(0, 40).Select(Seen)], words) { RollBack = words };

        (await new FindingStore(store).RecordAsync(Region, new(FindingKind.Drift, words + words, At(0)), Token)).ShouldNotBeNull().Detail.ShouldStartWith("错错");
        await new ModelLookStore(store).KeepAsync(Region, look, Token);

        var kept = (await new ModelLookStore(store).LastAsync(Region, Token)).ShouldNotBeNull();
        kept.Models.Count.ShouldBe(40);
        kept.Models.SelectMany(model => model.Checks).ShouldAllBe(check => check.Verdict == Verdict.Fail && check.Detail.StartsWith('错'));

        ModelLook Seen(int model) => new($"模型-{model}", "v1", "server", 0.5, [.. Enum.GetValues<ModelCheckKind>().Select(kind => new ModelCheck(kind, Verdict.Fail, words))]);
    }

    [Fact]
    public async Task Sweeps_and_purges_keep_what_they_know_whatever_went_wrong()
    {
        var (store, words) = (new MemoryStore(), new string('错', 40_000));
        var gaps = Enumerable.Range(0, 40).Select(number => new Gap($"delivery-{number}", "published", Tag, At(0), At(number), new string('\u0001', 200), DeliveryVerdict.Failed, new string('"', 200), null)).ToArray();

        var state = await new SweepStore(store).ChangeAsync(At(0), before => before.After(new(At(41), words, null, gaps)), Token);
        await new PurgeStore(store).NoteAsync(new(At(0), [], [], 0, [], 0, IsComplete: false, words), Token);

        state.Gaps[^1].Delivery.ShouldBe("delivery-39");
        state.Problem.ShouldNotBeNull().ShouldStartWith("错");
        (await new PurgeStore(store).ReadAsync(Token)).ShouldNotBeNull().Problem.ShouldNotBeNull().ShouldStartWith("错");
    }

    [Fact]
    public void A_comments_reason_is_no_longer_than_others()
    {
        var command = CommentCommand.Parse($"/approve v1.1.0 cn-open/production {Plan} {new string('理', 600)}");

        command.ShouldNotBeNull().Why.ShouldBe($"{new string('理', 499)}…");
    }

    private static DateTimeOffset At(int minutes) => DateTimeOffset.UnixEpoch.AddMinutes(minutes);

    private static DecisionRecord Decided(int number, DecisionKind kind, string? why) =>
        new(At(number), "ada@contoso.example", kind, why, ["chinaeast2", "chinanorth3"], $"{number}{new string('k', 190)}");
}
