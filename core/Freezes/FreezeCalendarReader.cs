using System.Globalization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Freezes;

/// <summary>Reads when nothing is rolled out to a stack.</summary>
internal static class FreezeCalendarReader
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The calendar; null when none is given: then nothing is ever frozen.</summary>
    public static FreezeCalendar? Read(JsonObjectReader? calendar, IEnumerable<EnvironmentName?> environments)
    {
        if (calendar is null)
        {
            return null;
        }

        var known = environments.OfType<EnvironmentName>().ToArray();
        var zone = calendar.RequiredText("timeZone");
        if (zone is not null && !ZoneClock.IsKnown(zone))
        {
            calendar.Report("timeZone", $"expected the IANA name of a time zone, such as America/New_York or Asia/Shanghai; found '{zone}'");
            zone = null;
        }

        var ongoing = calendar.Word<OngoingPolicy>("ongoing") ?? OngoingPolicy.Finish;
        var windows = calendar.Objects("windows", required: false, window => Window(window, known));
        var holidays = Holidays(calendar.OptionalObject("holidays"), known);
        calendar.RefuseUnknown();
        return zone is null ? null : new(zone, ongoing, windows, holidays);
    }

    private static FreezeWindow? Window(JsonObjectReader window, EnvironmentName[] known)
    {
        var name = window.RequiredText("name");
        var from = Time(window, "from");
        var length = Length(window, from);
        var every = window.OptionalText("every");
        var environments = Environments(window, known);
        if (every is not null && from is { } first && !Recurrence.IsRule(first, every))
        {
            window.Report("every", $"expected {Recurrence.Rule}, found '{every}'");
            return null;
        }

        return name is null || from is null || length is null ? null : new(name, from.Value, length.Value, every, environments);
    }

    // Dated ones have an end, recurring ones a length: either says it.
    private static TimeSpan? Length(JsonObjectReader window, DateTime? from)
    {
        if (window.Has("to") == window.Has("for"))
        {
            window.Report("to", $"expected either to, the time at which it is over, or for, {DurationText.Rule}; found {(window.Has("to") ? "both" : "neither")}");
            return null;
        }

        if (window.Has("for"))
        {
            var length = window.Duration("for");
            if (length < Shortest)
            {
                window.Report("for", $"expected at least {DurationText.Format(Shortest)}, found {DurationText.Format(length.Value)}");
            }

            return length;
        }

        var to = Time(window, "to");
        if (to <= from || to - from > Longest)
        {
            window.Report("to", $"expected a time after from, at most {DurationText.Format(Longest)} later; found {to:s}");
            return null;
        }

        return to - from;
    }

    private static HolidayFreeze? Holidays(JsonObjectReader? holidays, EnvironmentName[] known)
    {
        if (holidays is null)
        {
            return null;
        }

        var market = holidays.Word<Market>("of", required: true);
        var before = holidays.Duration("before") ?? TimeSpan.Zero;
        var environments = Environments(holidays, known);
        holidays.RefuseUnknown();
        return market is null ? null : new(market.Value, before, environments);
    }

    private static List<EnvironmentName> Environments(JsonObjectReader reader, EnvironmentName[] known)
    {
        var meant = new List<EnvironmentName>();
        foreach (var (item, path) in reader.Items("environments", required: false))
        {
            if (known.FirstOrDefault(one => one.Value == item.ToString()) is { } environment)
            {
                meant.Add(environment);
            }
            else
            {
                reader.ReportAt(path, $"expected one of the stack's environments {string.Join(", ", known.AsEnumerable())}, found '{item}'");
            }
        }

        return meant;
    }

    private static DateTime? Time(JsonObjectReader reader, string name)
    {
        if (reader.RequiredText(name) is not { } text)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        reader.Report(name, $"expected a time by the clocks of timeZone, such as 2026-12-19 or 2026-12-19T18:00; found '{text}'");
        return null;
    }
}
