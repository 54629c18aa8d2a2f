using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Freezes;

/// <summary>A freeze on a market's public holidays, whole days in the stack's time zone.</summary>
/// <param name="Of">The market.</param>
/// <param name="Before">How long before a holiday's first midnight it begins.</param>
/// <param name="Environments">Which environments it holds; all of them when empty.</param>
public sealed record HolidayFreeze(
    Market Of,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Before,
    IReadOnlyList<EnvironmentName> Environments)
{
    // No holiday is longer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(15);

    internal IEnumerable<Freeze> Between(ZoneClock clock, DateTimeOffset from, DateTimeOffset to) => Holidays.Of(this.Of)
        .Between(clock.LocalOf(from - Longest).Date.ToDateOnly(), clock.LocalOf(to + Before).Date.ToDateOnly())
        .Select(day => new Freeze(day.Name, clock.MidnightOf(day.From) - Before, clock.MidnightOf(day.Until)))
        .Where(one => one.From <= to && one.Until > from);
}

/// <summary>A market whose public holidays are known.</summary>
[JsonConverter(typeof(WordJsonConverter<Market>))]
public enum Market
{
    /// <summary>The federal holidays of the United States.</summary>
    UnitedStates,

    /// <summary>The public holidays of mainland China.</summary>
    China,
}
