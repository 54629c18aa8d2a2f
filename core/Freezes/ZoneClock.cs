using NodaTime;
using NodaTime.TimeZones;

namespace Orchestrator.Core.Freezes;

/// <summary>The clocks of a time zone: the zones come with the product, as not every machine has them.</summary>
/// <param name="timeZone">The zone's IANA name.</param>
internal sealed class ZoneClock(string timeZone)
{
    // A time that clocks leave out in spring is the one that they jump to.
    private static readonly ZoneLocalMappingResolver Begins = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver Ends = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    private readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb[timeZone];

    /// <summary>Whether there is a zone of that name.</summary>
    public static bool IsKnown(string timeZone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not null;

    /// <summary>What clocks show at a time.</summary>
    public LocalDateTime LocalOf(DateTimeOffset time) => Instant.FromDateTimeOffset(time).InZone(zone).LocalDateTime;

    /// <summary>When a day begins.</summary>
    public DateTimeOffset MidnightOf(DateOnly day) => BeginOf(LocalDate.FromDateOnly(day).AtMidnight());

    /// <summary>When something begins that begins when clocks show that: of a time that comes twice, the first.</summary>
    public DateTimeOffset BeginOf(LocalDateTime local) => TimeOf(local, Begins);

    /// <summary>When something ends that ends when clocks show that: of a time that comes twice, the second.</summary>
    public DateTimeOffset EndOf(LocalDateTime local) => TimeOf(local, Ends);

    private DateTimeOffset TimeOf(LocalDateTime local, ZoneLocalMappingResolver resolver) => zone.ResolveLocal(local, resolver).ToDateTimeOffset().ToUniversalTime();
}
