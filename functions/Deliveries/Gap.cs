using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Something that never came, or was not recorded when it did.</summary>
/// <param name="Delivery">The delivery's id; null for a release that no delivery is known of.</param>
/// <param name="Action">The delivery's action.</param>
/// <param name="Tag">The release's tag.</param>
/// <param name="At">When it happened.</param>
/// <param name="FoundAt">When a sweep found it.</param>
/// <param name="Why">What GitHub says about it.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Done">What was done about it, for people.</param>
/// <param name="Run">The release's run that was begun or found; null for none.</param>
public sealed record Gap(
    string? Delivery,
    string? Action,
    ReleaseTag? Tag,
    DateTimeOffset At,
    DateTimeOffset FoundAt,
    string Why,
    DeliveryVerdict Verdict,
    string Done,
    string? Run)
{
    private const int LongestText = 200;

    /// <summary>A delivery that was missed, once it has been handled.</summary>
    internal static Gap Of(HookDelivery delivery, DateTimeOffset foundAt, DeliveryEntry handled) =>
        new(delivery.Id, delivery.Action, handled.Facts.Tag, delivery.DeliveredAt, foundAt, Shorten(delivery.Status), handled.Verdict, Shorten(handled.Detail), handled.Run);

    /// <summary>A delivery that was missed and cannot be had any more.</summary>
    internal static Gap Gone(HookDelivery delivery, DateTimeOffset foundAt) =>
        new(delivery.Id, delivery.Action, null, delivery.DeliveredAt, foundAt, Shorten(delivery.Status), DeliveryVerdict.Malformed, "GitHub does not have its payload any more", null);

    /// <summary>A release that no delivery tells of, once it has been started.</summary>
    internal static Gap Untold(ReleaseTag tag, DateTimeOffset publishedAt, DateTimeOffset foundAt, string run) =>
        new(null, null, tag, publishedAt, foundAt, "no delivery tells of it", DeliveryVerdict.Started, "it is in the list of releases and had no run", run);

    private static string Shorten(string text) => text.Length <= LongestText ? text : $"{text[..(LongestText - 1)]}…";
}
