using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace Orchestrator.Core.Freezes;

/// <summary>The times of something that recurs by a rule of iCalendar, by the clocks of wherever it is.</summary>
internal static class Recurrence
{
    /// <summary>What a rule is, as the end of a sentence: “expected …”.</summary>
    public const string Rule = "a recurrence rule of iCalendar that is not oftener than daily, such as FREQ=WEEKLY;BYDAY=SA";

    // A rule that hits nothing in so many steps hits nothing.
    private static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = 5_000 };

    /// <summary>Whether a rule can be read and hits anything.</summary>
    public static bool IsRule(DateTime first, string rule)
    {
        try
        {
            return new RecurrenceRule(rule) is { Frequency: FrequencyType.Daily or FrequencyType.Weekly or FrequencyType.Monthly or FrequencyType.Yearly, Interval: >= 1 }
                && Starts(first, rule, first).Any();
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or EvaluationLimitExceededException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>When it begins, from a time on, in order.</summary>
    public static IEnumerable<DateTime> Starts(DateTime first, string? rule, DateTime from)
    {
        if (rule is null)
        {
            return first >= from ? [first] : [];
        }

        var recurring = new CalendarEvent { Start = new CalDateTime(first, tzId: null, hasTime: true), RecurrenceRule = new(rule) };
        return recurring.GetOccurrences(new CalDateTime(from < first ? first : from, tzId: null, hasTime: true), Bounded).Select(one => one.Period.StartTime.Value);
    }
}
