using System.Text.Json.Serialization;
using NodaTime;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Freezes;

/// <summary>When nothing is rolled out to a stack, in the stack's own time zone. Who goes back to an earlier release is never held.</summary>
/// <param name="TimeZone">The IANA name of the stack's time zone, such as Asia/Shanghai.</param>
/// <param name="Ongoing">What becomes of a rollout that is under way when a freeze begins.</param>
/// <param name="Windows">The stack's own freezes.</param>
/// <param name="Holidays">The market's holidays; null when they are days like others.</param>
public sealed record FreezeCalendar(string TimeZone, OngoingPolicy Ongoing, IReadOnlyList<FreezeWindow> Windows, HolidayFreeze? Holidays = null)
{
    // Freezes that touch are one; more than this in a row is for ever.
    private const int MostInARow = 400;

    /// <summary>The freeze that an environment is in; null when it is in none. Freezes that touch one another are told as one.</summary>
    public Freeze? At(EnvironmentName environment, DateTimeOffset now)
    {
        if (First(environment, now, now) is not { } found)
        {
            return null;
        }

        for (var count = 0; count < MostInARow && First(environment, found.Until, found.Until) is { } further; count++)
        {
            found = found with { Until = further.Until };
        }

        return found;
    }

    /// <summary>The next freeze that begins after <paramref name="after"/> and not after <paramref name="to"/>; null when none does.</summary>
    public Freeze? Next(EnvironmentName environment, DateTimeOffset after, DateTimeOffset to) =>
        Between(environment, after, to).Where(one => one.From > after).MinBy(one => one.From);

    /// <summary>The last day for which the market's holidays are known; null when they are for ever, or are days like others.</summary>
    [JsonIgnore]
    public DateOnly? HolidaysKnownUntil => Holidays is { } holidays ? Freezes.Holidays.Of(holidays.Of).KnownUntil : null;

    /// <summary>A time as the stack's people read it: <c>2027-02-09 00:00 Asia/Shanghai</c>.</summary>
    public string Local(DateTimeOffset time) => $"{Clock.LocalOf(time):uuuu-MM-dd HH:mm} {TimeZone}";

    [JsonIgnore]
    private ZoneClock Clock => new(TimeZone);

    // Of those that hold at a time, the one that does so longest.
    private Freeze? First(EnvironmentName environment, DateTimeOffset from, DateTimeOffset to) =>
        Between(environment, from, to).Where(one => one.From <= to && one.Until > from).MaxBy(one => one.Until);

    private IEnumerable<Freeze> Between(EnvironmentName environment, DateTimeOffset from, DateTimeOffset to) =>
        Windows.Where(window => Holds(window.Environments, environment)).SelectMany(window => window.Between(Clock, from, to))
            .Concat(Holidays is { } holidays && Holds(holidays.Environments, environment) ? holidays.Between(Clock, from, to) : []);

    private static bool Holds(IReadOnlyList<EnvironmentName> meant, EnvironmentName environment) => meant.Count == 0 || meant.Contains(environment);
}

/// <summary>A time in which nothing is rolled out.</summary>
/// <param name="Name">What for.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it is over.</param>
public sealed record Freeze(string Name, DateTimeOffset From, DateTimeOffset Until);

/// <summary>What becomes of a rollout that is under way when a freeze begins.</summary>
[JsonConverter(typeof(WordJsonConverter<OngoingPolicy>))]
public enum OngoingPolicy
{
    /// <summary>It begins no further wave until the freeze is over. What a region has begun it finishes.</summary>
    Hold,

    /// <summary>It goes on to its end.</summary>
    Finish,
}
