using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Deliveries;

namespace Orchestrator.Functions.Releases;

/// <summary>Receives GitHub's webhooks. Anonymous: GitHub sends no key, it signs.</summary>
/// <param name="receiver">Who judges a delivery.</param>
/// <param name="handler">Who does what a delivery asks for.</param>
/// <param name="recorder">Who records it.</param>
public sealed class GitHubWebhook(WebhookReceiver receiver, DeliveryHandler handler, DeliveryRecorder recorder)
{
    /// <summary>
    /// 202 with the run's address when a rollout begins or has begun, 200 when the event asks for none, 400, 401 or 413 when the
    /// delivery is bad, 500 when a rollout could not be begun now. Answers within a second; the work comes later. What is asked for
    /// is done before it is recorded: the ledger being down loses no release.
    /// </summary>
    [Function(nameof(GitHubWebhook))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "github/webhooks")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var delivery = await receiver.ReceiveAsync(request, cancellationToken);
        if (delivery.Facts is not { } facts)
        {
            return WebhookAnswers.Of(delivery);
        }

        var handled = await handler.HandleAsync(client, delivery, facts, DeliverySource.Webhook, cancellationToken);
        await recorder.RecordAsync(handled);
        return WebhookAnswers.Of(request, handled);
    }
}
