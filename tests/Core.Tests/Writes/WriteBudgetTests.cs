using CsCheck;
using Orchestrator.Core.Writes;

namespace Orchestrator.Core.Tests.Writes;

public sealed class WriteBudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int Wait, int Wanted, int Refusal)> Act = Gen.Select(Gen.Frequency((8, Gen.Int[0, 2_000]), (2, Gen.Int[0, 120_000]), (1, Gen.Int[0, 4_000_000])), Gen.Int[1, 60], Gen.Int[0, 12]);

    [Fact]
    public void No_minute_and_no_hour_ever_has_more_than_the_limits() => Gen.Select(Act.Array[1, 80], Gen.Int[1, 20], Gen.Int[20, 60]).Sample((acts, minute, hour) =>
    {
        var limits = new WriteLimits(minute, hour);
        var (budget, now, written) = (WriteBudget.Empty, Now, new List<DateTimeOffset>());
        foreach (var (wait, wanted, refusal) in acts)
        {
            now = now.AddMilliseconds(wait);
            for (var write = 0; write < wanted; write++)
            {
                (budget, var may) = budget.Take(limits, now);
                if (may)
                {
                    written.Add(now);
                }
            }

            budget = refusal switch
            {
                0 => budget.Limited(now, now.AddSeconds(60), "limited"),
                1 => budget.Limited(now, null, "limited"),
                2 => budget.Down(now, "down"),
                _ => budget.Answered(),
            };
        }

        return Holds(written, minute, TimeSpan.FromMinutes(1)) && Holds(written, hour, TimeSpan.FromHours(1));
    });

    [Fact]
    public void Whoever_waits_as_long_as_it_says_may_write() => Gen.Select(Act.Array[1, 40], Gen.Int[1, 20], Gen.Int[20, 60]).Sample((acts, minute, hour) =>
    {
        var limits = new WriteLimits(minute, hour);
        var (budget, now) = (WriteBudget.Empty, Now);
        foreach (var (wait, wanted, refusal) in acts)
        {
            now = now.AddMilliseconds(wait);
            for (var write = 0; write < wanted; write++)
            {
                budget = budget.Take(limits, now).After;
            }

            budget = refusal == 0 ? budget.Limited(now, null, "limited") : budget;
        }

        var next = budget.Next(limits, now);
        return budget.Take(limits, next > now ? next : now).MayWrite && (next <= now || !budget.Take(limits, next.AddMilliseconds(-1)).MayWrite);
    });

    [Fact]
    public void Nothing_is_written_before_the_time_that_they_have_named()
    {
        var budget = WriteBudget.Empty.Limited(Now, Now.AddSeconds(90), "secondary limit");

        budget.Take(WriteLimits.Default, Now.AddSeconds(89)).MayWrite.ShouldBeFalse();
        budget.Take(WriteLimits.Default, Now.AddSeconds(90)).MayWrite.ShouldBeTrue();
    }

    [Fact]
    public void Who_names_no_time_is_left_alone_for_a_minute_and_longer_each_time()
    {
        var (budget, waits) = (WriteBudget.Empty, new List<TimeSpan>());
        for (var times = 0; times < 6; times++)
        {
            budget = budget.Limited(Now, null, "secondary limit");
            waits.Add(budget.BlockedUntil!.Value - Now);
        }

        waits.Select(wait => wait.TotalMinutes).ShouldBe([1, 2, 4, 8, 15, 15]);
        budget.Answered().Limited(Now, null, "secondary limit").BlockedUntil.ShouldBe(Now.AddMinutes(1));
    }

    [Fact]
    public void A_time_beyond_any_window_of_theirs_is_not_believed() =>
        WriteBudget.Empty.Limited(Now, Now.AddDays(400), "limit").BlockedUntil.ShouldBe(Now.AddHours(1));

    [Fact]
    public void An_hour_without_answers_is_asked_about_every_five_minutes()
    {
        var (budget, now, asked) = (WriteBudget.Empty, Now, 0);
        while (now < Now.AddHours(1))
        {
            budget = budget.Down(now, "503");
            now = budget.BlockedUntil!.Value;
            asked++;
        }

        asked.ShouldBeLessThan(20);
        (now - Now.AddHours(1)).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_clock_that_is_put_back_gives_nothing_away()
    {
        var limits = new WriteLimits(1, 10);
        var budget = WriteBudget.Empty.Take(limits, Now).After;

        budget.Take(limits, Now.AddSeconds(-30)).MayWrite.ShouldBeFalse();
        budget.Take(limits, Now.AddSeconds(60)).MayWrite.ShouldBeTrue();
    }

    private static bool Holds(List<DateTimeOffset> written, int most, TimeSpan window) =>
        written.Zip(written.Skip(most)).All(pair => pair.Second - pair.First >= window);
}
