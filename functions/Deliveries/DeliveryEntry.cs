using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Deliveries;

/// <summary>A webhook delivery that is GitHub's beyond doubt.</summary>
/// <param name="Id">Its id: the same for every webhook that hears of the event, and when it is sent again.</param>
/// <param name="Event">The event.</param>
/// <param name="Action">The event's action; null when it names none.</param>
/// <param name="Tag">The tag of the release that it is about; null when it is about none.</param>
/// <param name="Body">The digest of its body; of one that GitHub's API was asked for, of the payload as the API gives it.</param>
public sealed record DeliveryFacts(string Id, string Event, string? Action, ReleaseTag? Tag, Sha256Digest Body);

/// <summary>A delivery as the ledger keeps it.</summary>
/// <param name="Facts">Which delivery.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Detail">Why, for people.</param>
/// <param name="Run">The release's run that it began or found; null for none.</param>
/// <param name="Source">How it was first heard of.</param>
/// <param name="At">When it was first handled.</param>
/// <param name="LastAt">When it last came.</param>
/// <param name="Times">How often it came.</param>
public sealed record DeliveryEntry(
    DeliveryFacts Facts,
    DeliveryVerdict Verdict,
    string Detail,
    string? Run,
    DeliverySource Source,
    DateTimeOffset At,
    DateTimeOffset LastAt,
    int Times = 1)
{
    // An entry has to stay far below what a table's property holds.
    private const int LongestDetail = 500;

    /// <summary>The first entry of a delivery.</summary>
    public static DeliveryEntry Of(DeliveryFacts facts, DeliverySource source, DateTimeOffset at, DeliveryVerdict verdict, string detail, string? run = null) =>
        new(facts, verdict, Shorten(detail), run, source, at, at);

    /// <summary>This entry after the delivery has come again: what it came to stays, unless that was a failure.</summary>
    public DeliveryEntry Next(DeliveryEntry again)
    {
        ArgumentNullException.ThrowIfNull(again);
        return (Verdict == DeliveryVerdict.Failed ? again with { At = At, Source = Source } : this) with { LastAt = again.LastAt, Times = Times + 1 };
    }

    private static string Shorten(string text) => text.Length <= LongestDetail ? text : $"{text[..(LongestDetail - 1)]}…";
}

/// <summary>What a delivery came to.</summary>
[JsonConverter(typeof(WordJsonConverter<DeliveryVerdict>))]
public enum DeliveryVerdict
{
    /// <summary>It asked for a rollout, which has begun by it or had begun before.</summary>
    Started,

    /// <summary>It told of a changed release, and what policy says has been done; or of a comment that was meant for us, which has been answered.</summary>
    Applied,

    /// <summary>It asked for nothing.</summary>
    Ignored,

    /// <summary>It is not what GitHub documents.</summary>
    Malformed,

    /// <summary>What it asked for could not be done; the next sweep tries again.</summary>
    Failed,
}

/// <summary>How a delivery was heard of.</summary>
[JsonConverter(typeof(WordJsonConverter<DeliverySource>))]
public enum DeliverySource
{
    /// <summary>GitHub sent it.</summary>
    Webhook,

    /// <summary>It never came, or was not recorded when it did: a sweep found it.</summary>
    Sweep,
}
