using Microsoft.AspNetCore.Http;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Releases;

/// <summary>Receives webhook deliveries: size, signature, headers, and at last what the payload amounts to. Keeps nothing.</summary>
/// <param name="settings">The secret.</param>
/// <param name="judge">Who judges what is authentic.</param>
public sealed class WebhookReceiver(OrchestratorSettings settings, DeliveryJudge judge)
{
    /// <summary>GitHub delivers nothing larger (webhook documentation: 25 MB).</summary>
    public const int LargestPayload = 25 * 1024 * 1024;

    /// <summary>What the delivery in <paramref name="request"/> amounts to.</summary>
    public async Task<WebhookDelivery> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(request, LargestPayload, cancellationToken) is not { } body)
        {
            return new(WebhookOutcome.TooLarge, $"expected at most {LargestPayload} bytes, found more");
        }

        if (!WebhookSignature.IsValid(settings.GitHub.WebhookSecret, body.Span, request.Headers["X-Hub-Signature-256"]))
        {
            return new(WebhookOutcome.NotAuthentic, "expected X-Hub-Signature-256 with the HMAC-SHA256 of the body under the webhook's secret; found none or another");
        }

        string? name = request.Headers["X-GitHub-Event"];
        string? delivery = request.Headers["X-GitHub-Delivery"];
        return string.IsNullOrEmpty(name) || string.IsNullOrEmpty(delivery)
            ? new(WebhookOutcome.Malformed, "expected the headers X-GitHub-Event and X-GitHub-Delivery")
            : judge.Judge(delivery, name, body);
    }
}
