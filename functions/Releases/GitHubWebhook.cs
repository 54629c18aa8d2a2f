using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Functions.Releases;

/// <summary>Receives GitHub's webhooks. Anonymous: GitHub sends no key, it signs.</summary>
/// <param name="receiver">Who judges a delivery.</param>
/// <param name="releases">Who starts what a delivery asks for.</param>
public sealed class GitHubWebhook(WebhookReceiver receiver, ReleaseStarter releases)
{
    /// <summary>
    /// 202 with the run's address when a rollout begins or has begun, 200 when the event asks for none, 400, 401 or 413 when the
    /// delivery is bad. Answers within a second; the work comes later.
    /// </summary>
    [Function(nameof(GitHubWebhook))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "github/webhooks")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var delivery = await receiver.ReceiveAsync(request, cancellationToken);
        return delivery.Request is { } wanted
            ? WebhookAnswers.Accepted(request, await releases.StartAsync(client, wanted, cancellationToken))
            : WebhookAnswers.Of(delivery);
    }
}
