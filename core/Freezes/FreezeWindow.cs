using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Freezes;

/// <summary>A freeze of the stack's own: once, or again and again by a rule.</summary>
/// <param name="Name">What for.</param>
/// <param name="From">When it begins for the first time, as clocks in the stack's time zone show it.</param>
/// <param name="For">How long it takes, by those clocks: two days from a midnight end at a midnight.</param>
/// <param name="Every">When it comes again: a recurrence rule of iCalendar (RFC 5545, section 3.3.10), such as <c>FREQ=WEEKLY;BYDAY=SA</c>; null for never.</param>
/// <param name="Environments">Which environments it holds; all of them when empty.</param>
public sealed record FreezeWindow(
    string Name,
    DateTime From,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan For,
    string? Every,
    IReadOnlyList<EnvironmentName> Environments)
{
    // Looked for from a day earlier than need be, as clocks may be changed in between.
    internal IEnumerable<Freeze> Between(ZoneClock clock, DateTimeOffset from, DateTimeOffset to) => Recurrence
        .Starts(From, Every, clock.LocalOf(from - For).ToDateTimeUnspecified().AddDays(-1))
        .Select(start => new Freeze(Name, clock.BeginOf(NodaTime.LocalDateTime.FromDateTime(start)), clock.EndOf(NodaTime.LocalDateTime.FromDateTime(start + For))))
        .TakeWhile(one => one.From <= to)
        .Where(one => one.Until > from);
}
