using CsCheck;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Core.Tests.Lanes;

public sealed class LaneDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Asking_twice_is_asking_once()
    {
        var (first, answer) = Ask(Lane.Empty, "1.0.0");
        var (again, same) = Ask(first, "1.0.0");
        var (waiting, _) = Ask(again, "1.1.0");
        var (still, told) = Ask(waiting, "1.1.0");

        answer.Place.ShouldBe(LanePlace.Running);
        same.Place.ShouldBe(LanePlace.Running);
        told.Place.ShouldBe(LanePlace.Waiting);
        still.Queue.Count.ShouldBe(1);
    }

    [Fact]
    public void Leaving_twice_is_leaving_once()
    {
        var lane = Ask(Ask(Lane.Empty, "1.0.0").Lane, "1.1.0").Lane;

        var (left, nudged) = LaneDecisions.Leave(lane, Ticket("1.0.0"), RunPhase.Succeeded, null, null, Now);
        var taken = Ask(left, "1.1.0").Lane;
        var (after, nobody) = LaneDecisions.Leave(taken, Ticket("1.0.0"), RunPhase.Succeeded, null, null, Now);

        nudged.ShouldBe(["rollout-1.1.0"]);
        nobody.ShouldBeEmpty();
        after.Running!.Version.ShouldBe("1.1.0");
        after.Promoted!.Version.ShouldBe("1.0.0");
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData(null, null, false)]
    public void What_was_promoted_is_what_a_rollout_brings_where_the_manifest_is_the_same(string? promoted, string? brought, bool same)
    {
        var lane = Ask(Lane.Empty, "1.0.0").Lane;
        var after = LaneDecisions.Leave(lane, Of(promoted), RunPhase.Succeeded, null, null, Now).Lane;

        after.Promoted!.IsWhatBrings(Of(brought)).ShouldBe(same);
        after.Promoted!.IsWhatBrings(Ticket("1.1.0") with { Manifest = Of(promoted).Manifest }).ShouldBeFalse("it is another release");

        static LaneTicket Of(string? manifest) => Ticket("1.0.0") with { Manifest = manifest is null ? null : Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(manifest)) };
    }

    [Fact]
    public void A_newcomer_does_not_overtake_who_waits_for_a_free_lane()
    {
        var fifo = new LanePolicy(QueuePolicy.Fifo, RunningPolicy.Finish);
        var lane = Ask(Ask(Lane.Empty, "1.0.0", fifo).Lane, "1.1.0", fifo).Lane;
        var free = LaneDecisions.Leave(lane, Ticket("1.0.0"), RunPhase.RolledBack, null, null, Now).Lane;

        var (_, answer) = Ask(free, "1.2.0", fifo);

        answer.Place.ShouldBe(LanePlace.Waiting);
        answer.Reason.ShouldBe("v1.1.0 is before it");
        free.Promoted.ShouldBeNull("what was rolled back does not run");
    }

    [Fact]
    public void An_older_release_that_comes_late_is_superseded_by_the_newer_one_that_waits()
    {
        var lane = Ask(Ask(Lane.Empty, "1.0.0").Lane, "1.2.0").Lane;

        var (after, answer) = Ask(lane, "1.1.0");

        answer.ShouldSatisfyAllConditions(() => answer.Place.ShouldBe(LanePlace.Superseded), () => answer.Reason.ShouldBe("superseded by v1.2.0"));
        Ask(after, "1.1.0").Answer.Place.ShouldBe(LanePlace.Superseded, "and stays so");
    }

    [Fact]
    public void Who_asks_to_go_back_goes_before_what_is_to_come()
    {
        var lane = Ask(Ask(Lane.Empty, "1.1.0").Lane, "1.2.0").Lane;
        var (waiting, answer) = LaneDecisions.Ask(lane, Ticket("1.0.0") with { IsRollback = true }, LanePolicy.Default, isBad: false, null, frozen: null);

        answer.Place.ShouldBe(LanePlace.Waiting);
        waiting.Queue.Select(ticket => ticket.Version).ShouldBe(["1.0.0", "1.2.0"]);
    }

    [Theory]
    [InlineData("1.2.0", true)]
    [InlineData("1.1.0", false)]
    public void Only_an_older_rollout_is_aborted(string running, bool expected)
    {
        var policy = new LanePolicy(QueuePolicy.Latest, RunningPolicy.Abort);
        var lane = Ask(Lane.Empty, "1.1.0", policy).Lane with { Running = Ticket(running == "1.2.0" ? "1.1.0" : "1.3.0") };

        Ask(lane, "1.2.0", policy).Answer.Aborted.ShouldBe(expected ? "rollout-1.1.0" : null);
    }

    [Fact]
    public void A_failed_end_halts_the_lane_and_any_other_leaves_it_open()
    {
        foreach (var end in Enum.GetValues<RunPhase>())
        {
            var lane = Ask(Ask(Lane.Empty, "1.0.0").Lane, "1.1.0").Lane;
            var left = LaneDecisions.Leave(lane, Ticket("1.0.0"), end, "no baseline", null, Now).Lane;

            (Ask(left, "1.1.0").Answer.Place == LanePlace.Waiting).ShouldBe(end == RunPhase.Failed, $"{end}");
        }
    }

    [Fact]
    public void Nobody_stands_behind_what_is_frozen_and_it_takes_nobodys_place()
    {
        foreach (var policy in new[] { new LanePolicy(QueuePolicy.Fifo, RunningPolicy.Finish), LanePolicy.Default })
        {
            var lane = Frozen(Frozen(Lane.Empty, "1.1.0", policy).Lane, "1.0.1", policy with { Queued = QueuePolicy.Fifo }).Lane;
            lane.Queue.Select(one => one.Version).ShouldBe(["1.1.0", "1.0.1"]);

            // Somebody has overridden the freeze for the older one.
            var (after, answer) = Ask(lane, "1.0.1", policy);

            answer.Place.ShouldBe(LanePlace.Running);
            var (waiting, told) = Frozen(after, "1.2.0", policy with { Running = RunningPolicy.Abort });
            told.Aborted.ShouldBeNull("who cannot begin yet has nobody else stopped");
            waiting.Running!.Version.ShouldBe("1.0.1");
        }
    }

    [Fact]
    public void What_is_frozen_supersedes_only_what_is_frozen_too()
    {
        var busy = Ask(Lane.Empty, "1.0.0").Lane;
        var urgent = Ask(busy, "1.1.0").Lane;

        Frozen(urgent, "1.2.0", LanePolicy.Default).Lane.Queue.Select(one => one.Version).ShouldBe(["1.1.0", "1.2.0"]);
        Frozen(Frozen(busy, "1.1.0", LanePolicy.Default).Lane, "1.2.0", LanePolicy.Default).Lane.Queue.Select(one => one.Version).ShouldBe(["1.2.0"]);
    }

    /// <summary>Whatever comes in whatever order: never two at once, nobody waits at a free lane, everybody is told in the end.</summary>
    [Fact]
    public void However_rollouts_come_and_go_one_runs_at_a_time_and_all_get_an_answer() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 9].Array[1, 30]).Sample((fifo, abort, moves) =>
        {
            var policy = new LanePolicy(fifo ? QueuePolicy.Fifo : QueuePolicy.Latest, abort ? RunningPolicy.Abort : RunningPolicy.Finish);
            var lane = Lane.Empty;
            var open = new HashSet<string>();
            foreach (var move in moves)
            {
                // The first half of the numbers are versions that come, the other half end what runs.
                lane = move < 5 ? Come(lane, $"1.{move}.0") : End(lane);
            }

            for (var turn = 0; open.Count > 0 && turn < 100; turn++)
            {
                lane = End(open.Aggregate(lane, Come));
            }

            open.ShouldBeEmpty();
            lane.Running.ShouldBeNull();
            lane.Queue.ShouldBeEmpty();

            Lane Come(Lane before, string version)
            {
                var (after, answer) = Ask(before, version, policy);
                after.Queue.Select(ticket => ticket.Rollout).ShouldBeUnique();
                after.Queue.ShouldNotContain(ticket => after.Running != null && ticket.Rollout == after.Running.Rollout);
                _ = answer.Place is LanePlace.Superseded or LanePlace.Refused ? open.Remove(version) : open.Add(version);
                return after;
            }

            Lane End(Lane before)
            {
                if (before.Running is not { } running)
                {
                    return before;
                }

                open.Remove(running.Version);
                var (after, nudged) = LaneDecisions.Leave(before, running, RunPhase.Succeeded, null, null, Now);
                nudged.Count.ShouldBe(Math.Min(1, before.Queue.Count));
                return after;
            }
        });

    private static (Lane Lane, LaneAnswer Answer) Ask(Lane lane, string version, LanePolicy? policy = null) =>
        LaneDecisions.Ask(lane, Ticket(version), policy ?? LanePolicy.Default, isBad: false, lineStopped: null, frozen: null);

    private static (Lane Lane, LaneAnswer Answer) Frozen(Lane lane, string version, LanePolicy policy) =>
        LaneDecisions.Ask(lane, Ticket(version), policy, isBad: false, lineStopped: null, frozen: "frozen");

    private static LaneTicket Ticket(string version) =>
        new($"rollout-{version}", Identifier.Parse<ReleaseTag>($"v{version}"), version, IsRollback: false, Now);
}
