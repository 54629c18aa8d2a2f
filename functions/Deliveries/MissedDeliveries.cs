using Microsoft.DurableTask.Client;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Deliveries;

/// <summary>
/// Finds the deliveries that the ledger lacks, and those that failed, and handles them as if they had come. Their payload is taken
/// from GitHub's API, which vouches for it, rather than asked to be sent again: that works too where GitHub cannot reach this
/// instance or signs with another secret, needs no right to write, and tells at once what came of it.
/// </summary>
/// <param name="hooks">What GitHub has tried to deliver.</param>
/// <param name="ledger">What has come.</param>
/// <param name="judge">Who says what a delivery amounts to.</param>
/// <param name="handler">Who does what it asks for.</param>
/// <param name="settings">The repository.</param>
/// <param name="time">The clock.</param>
public sealed class MissedDeliveries(
    HookDeliveries hooks,
    DeliveryLedger ledger,
    DeliveryJudge judge,
    DeliveryHandler handler,
    OrchestratorSettings settings,
    TimeProvider time)
{
    /// <summary>Handles what was missed in the window, in the order in which it happened, and adds it to <paramref name="gaps"/>; the result is what could not be seen.</summary>
    public async Task<string?> HandleAsync(DurableTaskClient client, SweepWindow window, ICollection<Gap> gaps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(gaps);
        var list = await hooks.SinceAsync(settings.Topology.Repository, window.From);

        // Several webhooks hear of the same event, and attempts are repeated: what went wrong says more than what did not.
        var tried = list.Deliveries.Where(delivery => window.Holds(delivery.DeliveredAt)).OrderBy(delivery => delivery.IsOk).DistinctBy(delivery => delivery.Id);
        foreach (var delivery in tried.OrderBy(delivery => delivery.DeliveredAt).ThenBy(delivery => delivery.Address.ToString(), StringComparer.Ordinal))
        {
            if (await ledger.FindAsync(delivery.Id, cancellationToken) is null or { Verdict: DeliveryVerdict.Failed })
            {
                gaps.Add(await HandleAsync(client, delivery, cancellationToken));
            }
        }

        return list.Limit;
    }

    private async Task<Gap> HandleAsync(DurableTaskClient client, HookDelivery delivery, CancellationToken cancellationToken)
    {
        if (await hooks.PayloadAsync(delivery) is not { } payload)
        {
            return Gap.Gone(delivery, time.GetUtcNow());
        }

        var judged = judge.Judge(delivery.Id, delivery.Event, payload);
        var entry = await handler.HandleAsync(client, judged, judged.Facts!, DeliverySource.Sweep, cancellationToken);
        await ledger.RecordAsync(entry, cancellationToken);
        return Gap.Of(delivery, time.GetUtcNow(), entry);
    }
}
