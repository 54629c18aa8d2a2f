using System.Collections.Concurrent;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace Orchestrator.Core.Freezes;

/// <summary>A market's public holidays: an iCalendar file for each, with its source.</summary>
public sealed class Holidays
{
    // The last day for which the file has all holidays, where some are listed year by year.
    private const string KnownUntilProperty = "X-KNOWN-UNTIL";

    private static readonly ConcurrentDictionary<Market, Holidays> Read = new();

    private readonly Calendar calendar;

    private Holidays(Calendar calendar) => this.calendar = calendar;

    /// <summary>The last day for which all are known; null when they go by rules that hold for ever.</summary>
    public DateOnly? KnownUntil => calendar.Properties[KnownUntilProperty]?.Value is string text ? DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>The holidays of a market.</summary>
    public static Holidays Of(Market market) => Read.GetOrAdd(market, one =>
    {
        using var file = typeof(Holidays).Assembly.GetManifestResourceStream($"{typeof(Holidays).Namespace}.Holidays.{one}.ics")!;
        return new(Calendar.Load(file)!);
    });

    /// <summary>The holidays of which a day is between two days.</summary>
    public IEnumerable<Holiday> Between(DateOnly first, DateOnly last) => calendar.Events
        .SelectMany(one => one.GetOccurrences(new CalDateTime(first))
            .Select(found => new Holiday(one.Summary!, found.Period.StartTime.Date, found.Period.EffectiveEndTime!.Date))
            .TakeWhile(holiday => holiday.From <= last));
}

/// <summary>A public holiday.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">Its first day.</param>
/// <param name="Until">The day after its last one.</param>
public sealed record Holiday(string Name, DateOnly From, DateOnly Until);
