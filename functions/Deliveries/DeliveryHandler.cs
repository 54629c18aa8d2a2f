using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Orchestrator.Functions.Comments;
using Orchestrator.Functions.Releases;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Does what a delivery asks for, the same for one that was sent and one that a sweep found.</summary>
/// <param name="ledger">What is known of deliveries.</param>
/// <param name="starter">Who starts runs.</param>
/// <param name="changes">Who does what policy says about changed releases.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class DeliveryHandler(DeliveryLedger ledger, ReleaseStarter starter, ReleaseChanges changes, TimeProvider time, ILogger<DeliveryHandler> logger)
{
    /// <summary>What the delivery came to, to be recorded. What fails is not thrown: that it failed is what has to be recorded.</summary>
    public async Task<DeliveryEntry> HandleAsync(DurableTaskClient client, WebhookDelivery delivery, DeliveryFacts facts, DeliverySource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(facts);
        try
        {
            return await ActAsync(client, delivery, facts, source, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The durable store and the orchestrator's own have exceptions of their own in each backend.
            LogFailed(failure, facts.Id, facts.Event, facts.Action);
            return Entry(DeliveryVerdict.Failed, failure.Message);
        }

        DeliveryEntry Entry(DeliveryVerdict verdict, string detail) => DeliveryEntry.Of(facts, source, time.GetUtcNow(), verdict, detail);
    }

    private async Task<DeliveryEntry> ActAsync(DurableTaskClient client, WebhookDelivery delivery, DeliveryFacts facts, DeliverySource source, CancellationToken cancellationToken)
    {
        if (delivery.Request is { } wanted)
        {
            return Entry(DeliveryVerdict.Started, delivery.Detail, await starter.StartAsync(client, wanted, cancellationToken));
        }

        if (delivery.Change is { } change)
        {
            return await ChangeAsync(client, change, facts, Entry, cancellationToken);
        }

        if (delivery.Comment is { } comment)
        {
            await CommentAnswer.BeginAsync(client, comment, cancellationToken);
            return Entry(DeliveryVerdict.Applied, delivery.Detail, null);
        }

        return Entry(delivery.Outcome == WebhookOutcome.Ignored ? DeliveryVerdict.Ignored : DeliveryVerdict.Malformed, delivery.Detail, null);

        DeliveryEntry Entry(DeliveryVerdict verdict, string detail, string? run) => DeliveryEntry.Of(facts, source, time.GetUtcNow(), verdict, detail, run);
    }

    // A person may have decided otherwise since: what was done once for a delivery is not done again.
    private async Task<DeliveryEntry> ChangeAsync(
        DurableTaskClient client,
        ReleaseChange change,
        DeliveryFacts facts,
        Func<DeliveryVerdict, string, string?, DeliveryEntry> entry,
        CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(facts.Id, cancellationToken) is { Verdict: not DeliveryVerdict.Failed } known)
        {
            return entry(known.Verdict, known.Detail, known.Run);
        }

        var applied = await changes.ApplyAsync(client, change, facts.Id, cancellationToken);
        return entry(applied.IsSomething ? DeliveryVerdict.Applied : DeliveryVerdict.Ignored, applied.Done, applied.Run);
    }

    [LoggerMessage(1, LogLevel.Error, "Delivery {Id}, {Event} {Action}: what it asks for could not be done.")]
    private partial void LogFailed(Exception failure, string id, string @event, string? action);
}
