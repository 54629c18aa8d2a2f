using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Octokit.Webhooks;
using Octokit.Webhooks.Events;
using Octokit.Webhooks.Events.Release;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Releases;

/// <summary>Judges webhook deliveries: size, signature, headers, event, and at last the payload. Keeps nothing.</summary>
/// <param name="settings">The secret, and the repository whose releases are rolled out.</param>
public sealed class WebhookReceiver(OrchestratorSettings settings)
{
    /// <summary>GitHub delivers nothing larger (webhook documentation: 25 MB).</summary>
    public const int LargestPayload = 25 * 1024 * 1024;

    private const string NotPublished =
        "of the release actions only 'published' starts a rollout: GitHub sends several around one publication";

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
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(delivery))
        {
            return new(WebhookOutcome.Malformed, "expected the headers X-GitHub-Event and X-GitHub-Delivery");
        }

        return name == WebhookEventType.Release
            ? Release(body, delivery)
            : new(WebhookOutcome.Ignored, $"event '{name}' starts no rollout");
    }

    private WebhookDelivery Release(ReadOnlyMemory<byte> body, string delivery)
    {
        try
        {
            return ActionOf(body) == ReleaseActionValue.Published
                ? Published(JsonSerializer.Deserialize<ReleasePublishedEvent>(body.Span)!, delivery)
                : new(WebhookOutcome.Ignored, NotPublished);
        }
        catch (JsonException malformed)
        {
            return new(WebhookOutcome.Malformed, $"expected a release event as GitHub documents it: {malformed.Message}");
        }
    }

    private WebhookDelivery Published(ReleaseEvent published, string delivery)
    {
        if (published is not { Release.TagName: { } tagName, Repository.FullName: { } fullName })
        {
            return new(WebhookOutcome.Malformed, "expected release.tag_name and repository.full_name, found none");
        }

        if (RepositoryName.From(fullName) is not { } repository || repository != settings.Topology.Repository)
        {
            return new(WebhookOutcome.Ignored, $"releases of '{fullName}' are not rolled out by this instance");
        }

        if (published.Release.Prerelease)
        {
            return new(WebhookOutcome.Ignored, "a prerelease is not rolled out");
        }

        return ReleaseTag.From(tagName) is { } tag
            ? new(WebhookOutcome.Accepted, "a release was published", new(new ReleaseKey(repository, tag, Attempt: 1), delivery))
            : new(WebhookOutcome.Malformed, $"expected a tag of {ReleaseTag.Rule}, found '{tagName}'");
    }

    private static string? ActionOf(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("action", out var action)
            && action.ValueKind == JsonValueKind.String
            ? action.GetString()
            : throw new JsonException("it has no action.");
    }
}
