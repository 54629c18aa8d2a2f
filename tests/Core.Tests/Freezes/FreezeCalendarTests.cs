using System.Globalization;
using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Tests.Freezes;

/// <summary>What is frozen when, by the clocks of the stack.</summary>
public sealed class FreezeCalendarTests
{
    private static readonly EnvironmentName Production = Identifier.Parse<EnvironmentName>("production");
    private static readonly EnvironmentName Staging = Identifier.Parse<EnvironmentName>("staging");

    [Theory]
    [InlineData("2026-11-27T15:59:59Z", null)] // Friday, 23:59:59 in Shanghai
    [InlineData("2026-11-27T16:00:00Z", "2026-11-29T16:00:00Z")]
    [InlineData("2026-11-29T15:59:59Z", "2026-11-29T16:00:00Z")]
    [InlineData("2026-11-29T16:00:00Z", null)] // Monday
    [InlineData("2019-11-30T00:00:00Z", null)] // before the first one
    public void Weekends_come_again_by_the_clocks_of_the_stack(string at, string? until)
    {
        var calendar = Calendar("Asia/Shanghai", Window("weekend", "2026-01-03", TimeSpan.FromDays(2), "FREQ=WEEKLY;BYDAY=SA"));

        calendar.At(Production, Time(at))?.Until.ShouldBe(Time(until!));
        (calendar.At(Production, Time(at)) is null).ShouldBe(until is null);
    }

    [Theory]
    [InlineData("2026-03-07T12:00:00Z", "2026-03-09T04:00:00Z")] // clocks go forward on the 8th: 47 hours
    [InlineData("2026-10-31T12:00:00Z", "2026-11-02T05:00:00Z")] // and back on the 1st of November: 49 hours
    public void A_weekend_ends_at_a_midnight_when_clocks_are_changed_in_it(string at, string until)
    {
        var calendar = Calendar("America/New_York", Window("weekend", "2026-01-03", TimeSpan.FromDays(2), "FREQ=WEEKLY;BYDAY=SA"));

        calendar.At(Production, Time(at))!.Until.ShouldBe(Time(until));
    }

    [Theory]
    [InlineData("2026-03-08T02:15", "00:30", "2026-03-08T07:00:00Z", "2026-03-08T07:00:00Z")] // left out: clocks jump from 2 to 3
    [InlineData("2026-03-08T01:30", "01:00", "2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z")] // ends in what is left out
    [InlineData("2026-11-01T01:15", "00:30", "2026-11-01T05:15:00Z", "2026-11-01T06:45:00Z")] // twice: from the first to the second
    public void Times_that_clocks_leave_out_or_show_twice_lengthen_a_freeze(string from, string length, string begins, string ends)
    {
        var calendar = Calendar("America/New_York", Window("night", from, TimeSpan.Parse(length, CultureInfo.InvariantCulture), null));

        var found = calendar.At(Production, Time(begins));
        if (begins == ends)
        {
            found.ShouldBeNull();
        }
        else
        {
            found.ShouldBe(new Freeze("night", Time(begins), Time(ends)));
        }
    }

    [Fact]
    public void Freezes_that_touch_are_told_as_one()
    {
        var calendar = Calendar(
            "Asia/Shanghai",
            Window("weekend", "2026-01-03", TimeSpan.FromDays(2), "FREQ=WEEKLY;BYDAY=SA"),
            Window("fair", "2026-11-30", TimeSpan.FromDays(5), null),
            Window("party", "2026-12-04T12:00", TimeSpan.FromDays(1), null));

        calendar.At(Production, Time("2026-11-28T00:00:00Z")).ShouldBe(new Freeze("weekend", Time("2026-11-27T16:00:00Z"), Time("2026-12-06T16:00:00Z")));
    }

    [Fact]
    public void What_is_always_frozen_has_an_end_that_is_far_away()
    {
        var calendar = Calendar("Asia/Shanghai", Window("closed", "2026-01-03", TimeSpan.FromDays(1), "FREQ=DAILY"));

        calendar.At(Production, Time("2026-11-28T00:00:00Z"))!.Until.ShouldBeGreaterThan(Time("2027-11-28T00:00:00Z"));
    }

    [Fact]
    public void A_freeze_may_hold_some_environments_alone()
    {
        var calendar = Calendar("Asia/Shanghai", Window("fair", "2026-11-30", TimeSpan.FromDays(5), null) with { Environments = [Production] });

        calendar.At(Production, Time("2026-12-01T00:00:00Z")).ShouldNotBeNull();
        calendar.At(Staging, Time("2026-12-01T00:00:00Z")).ShouldBeNull();
        calendar.Next(Production, Time("2026-11-01T00:00:00Z"), Time("2026-12-01T00:00:00Z"))!.Name.ShouldBe("fair");
        calendar.Next(Production, Time("2026-11-01T00:00:00Z"), Time("2026-11-20T00:00:00Z")).ShouldBeNull();
        calendar.Next(Production, Time("2026-12-01T00:00:00Z"), Time("2027-12-01T00:00:00Z")).ShouldBeNull("one that has begun is not the next");
    }

    [Theory]
    [InlineData(2026, "0101 New Year's Day,0119 Birthday of Martin Luther King Jr.,0216 Washington's Birthday,0525 Memorial Day,0619 Juneteenth National Independence Day,0704 Independence Day,0907 Labor Day,1012 Columbus Day,1111 Veterans Day,1126 Thanksgiving Day,1225 Christmas Day")]
    [InlineData(2032, "0101 New Year's Day,0119 Birthday of Martin Luther King Jr.,0216 Washington's Birthday,0531 Memorial Day,0619 Juneteenth National Independence Day,0704 Independence Day,0906 Labor Day,1011 Columbus Day,1111 Veterans Day,1125 Thanksgiving Day,1225 Christmas Day")]
    public void Holidays_of_the_united_states_go_by_rules(int year, string days) =>
        string.Join(",", Holidays.Of(Market.UnitedStates).Between(new(year, 1, 1), new(year, 12, 31))
            .OrderBy(day => day.From).Select(day => $"{day.From.Month:00}{day.From.Day:00} {day.Name}")).ShouldBe(days);

    [Fact]
    public void Holidays_of_china_are_where_the_moon_has_them()
    {
        var moon = new ChineseLunisolarCalendar();
        var holidays = Holidays.Of(Market.China);
        var last = holidays.KnownUntil.ShouldNotBeNull();
        for (var year = 2026; year <= last.Year; year++)
        {
            var days = holidays.Between(new(year, 1, 1), new(year, 12, 31)).ToLookup(day => day.Name, day => (From: day.From.ToDateTime(TimeOnly.MinValue), Days: day.Until.DayNumber - day.From.DayNumber));
            days["Spring Festival"].ShouldHaveSingleItem().ShouldBe((Day(year, 1, 1).AddDays(-1), 4));
            days["Dragon Boat Festival"].ShouldHaveSingleItem().ShouldBe((Day(year, 5, 5), 1));
            days["Mid-Autumn Festival"].ShouldHaveSingleItem().ShouldBe((Day(year, 8, 15), 1));
            days["Qingming Festival"].ShouldHaveSingleItem().ShouldBe((Qingming(year), 1));
            days["National Day"].ShouldHaveSingleItem().ShouldBe((new(year, 10, 1), 3));
            days["Labour Day"].ShouldHaveSingleItem().ShouldBe((new(year, 5, 1), 2));
            days["New Year's Day"].ShouldHaveSingleItem().ShouldBe((new(year, 1, 1), 1));
        }

        DateTime Day(int year, int month, int day)
        {
            // A leap month is counted as a month of its own.
            var leap = moon.GetLeapMonth(year);
            return moon.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0);
        }

        // The day on which the sun stands at 15°, by the usual formula for this century.
        static DateTime Qingming(int year) => new(year, 4, (int)(((year % 100) * 0.2422) + 4.81) - ((year % 100) / 4));
    }

    [Fact]
    public void Holidays_freeze_from_some_time_before_their_first_midnight()
    {
        var calendar = Calendar("Asia/Shanghai") with { Holidays = new(Market.China, TimeSpan.FromHours(12), []) };

        calendar.At(Staging, Time("2027-02-04T03:59:59Z")).ShouldBeNull();
        calendar.At(Staging, Time("2027-02-04T04:00:00Z")).ShouldBe(new Freeze("Spring Festival", Time("2027-02-04T04:00:00Z"), Time("2027-02-08T16:00:00Z")));
        calendar.Local(Time("2027-02-08T16:00:00Z")).ShouldBe("2027-02-09 00:00 Asia/Shanghai");
        calendar.HolidaysKnownUntil.ShouldBe(new DateOnly(2030, 12, 31));
    }

    private static FreezeCalendar Calendar(string zone, params FreezeWindow[] windows) => new(zone, OngoingPolicy.Hold, windows);

    private static FreezeWindow Window(string name, string from, TimeSpan length, string? every) =>
        new(name, DateTime.Parse(from, CultureInfo.InvariantCulture), length, every, []);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
