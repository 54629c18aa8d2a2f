using NodaTime;

namespace Orchestrator.Core.Freezes;

/// <summary>The clocks of a time zone: the zones come with the product, as not every machine has them.</summary>
/// <param name="timeZone">The zone's IANA name.</param>
internal sealed class ZoneClock(string timeZone)
{
    private readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb[timeZone];

    /// <summary>Whether there is a zone of that name.</summary>
    public static bool IsKnown(string timeZone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not null;

    /// <summary>What clocks show at a time.</summary>
    public LocalDateTime LocalOf(DateTimeOffset time) => Instant.FromDateTimeOffset(time).InZone(zone).LocalDateTime;

    /// <summary>When a day begins.</summary>
    public DateTimeOffset MidnightOf(DateOnly day) => TimeOf(LocalDate.FromDateOnly(day).AtMidnight());

    /// <summary>When clocks show that. A time that is left out in spring is the next that is not; of one that comes twice, the first.</summary>
    public DateTimeOffset TimeOf(LocalDateTime local) => local.InZoneLeniently(zone).ToDateTimeOffset().ToUniversalTime();
}
