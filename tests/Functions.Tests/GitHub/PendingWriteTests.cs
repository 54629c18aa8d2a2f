using CsCheck;
using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.Tests.GitHub;

public sealed class PendingWriteTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void However_reports_come_what_is_told_only_goes_forward_and_ends_with_the_end() => Gen.Select(Gen.Int[1, 6], Gen.Int[0, 5].Array[0, 20], Gen.Bool.Array[30]).Sample((reports, order, sends) =>
    {
        // Each report comes at least once, in any order, some of them again, and between them GitHub is told or not.
        var coming = order.Select(number => number % reports).Concat(Enumerable.Range(0, reports)).Select(number => Status(number, isEnd: number == reports - 1)).ToArray();
        StatusWrite? waiting = null;
        var told = new List<ToldStatus>();
        for (var index = 0; index < coming.Length; index++)
        {
            if (coming[index].IsNewsAfter(told.LastOrDefault()))
            {
                waiting = (StatusWrite)(waiting?.OvertakenBy(coming[index]) ?? coming[index]);
            }

            if (waiting is not null && (sends[index] || index == coming.Length - 1))
            {
                if (waiting.IsNewsAfter(told.LastOrDefault()))
                {
                    told.Add(waiting.Told(Now));
                }

                waiting = null;
            }
        }

        return told.Zip(told.Skip(1)).All(pair => pair.Second.At > pair.First.At) && told[^1].Phase == DeploymentPhase.Success;
    });

    [Fact]
    public void Of_two_at_the_same_time_the_one_that_tells_of_the_end_stays()
    {
        var (begun, end) = (Status(0, isEnd: false), Status(0, isEnd: true));

        begun.OvertakenBy(end).ShouldBe(end);
        end.OvertakenBy(begun).ShouldBe(end);
    }

    [Fact]
    public void Who_is_overtaken_leaves_the_newer_one_its_place()
    {
        var waiting = Status(0, isEnd: false);

        waiting.OvertakenBy(Status(1, isEnd: true) with { Since = Now.AddHours(1) }).Since.ShouldBe(waiting.Since);
    }

    [Fact]
    public void What_is_refused_is_tried_again_later_and_later_for_a_day()
    {
        PendingWrite? waiting = Status(0, isEnd: true);
        var waits = new List<double>();
        for (var now = Now; waiting is not null && waits.Count < 100; now = waiting?.NotBefore ?? now)
        {
            waiting = waiting.Refused(now);
            waits.Add(((waiting?.NotBefore ?? now) - now).TotalMinutes);
        }

        waits[..7].ShouldBe([1, 2, 4, 8, 16, 32, 64]);
        waits[7..^1].ShouldAllBe(wait => wait == 64);
        waits.Sum().ShouldBeInRange(24 * 60, 26 * 60);
    }

    private static StatusWrite Status(int number, bool isEnd) => new()
    {
        Repository = Identifier.Parse<RepositoryName>("acme/assistant"),
        Since = Now,
        Owner = "rollout-1",
        Environment = "us-closed/production/eastus2",
        Reference = "v1.1.0",
        Title = "rollout-1 to us-closed/production/eastus2",
        Phase = isEnd ? DeploymentPhase.Success : DeploymentPhase.InProgress,
        Description = $"status {number}",
        At = Now.AddMinutes(number),
    };
}
