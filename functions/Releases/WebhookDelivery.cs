using Orchestrator.Functions.Comments;
using Orchestrator.Functions.Deliveries;

namespace Orchestrator.Functions.Releases;

/// <summary>What a webhook delivery amounts to.</summary>
/// <param name="Outcome">How it is answered.</param>
/// <param name="Detail">Why, for whoever looks at GitHub's list of deliveries.</param>
/// <param name="Request">The release to roll out; set exactly when the outcome is <see cref="WebhookOutcome.Accepted"/>.</param>
public sealed record WebhookDelivery(WebhookOutcome Outcome, string Detail, ReleaseRequest? Request = null)
{
    /// <summary>The change that policy has something to say about; set exactly when the outcome is <see cref="WebhookOutcome.Changed"/>.</summary>
    public ReleaseChange? Change { get; init; }

    /// <summary>The comment that is meant for us; set exactly when the outcome is <see cref="WebhookOutcome.Said"/>.</summary>
    public CommitComment? Comment { get; init; }

    /// <summary>Which delivery it is; null when it is not GitHub's, or has no id.</summary>
    public DeliveryFacts? Facts { get; init; }
}

/// <summary>How a webhook delivery is answered.</summary>
public enum WebhookOutcome
{
    /// <summary>202: it asks for a rollout.</summary>
    Accepted,

    /// <summary>202 or 200: it tells of a changed release, and policy says what follows.</summary>
    Changed,

    /// <summary>200: somebody says something of a plan, and is answered on GitHub.</summary>
    Said,

    /// <summary>200: a good delivery that asks for nothing.</summary>
    Ignored,

    /// <summary>400: not what GitHub sends.</summary>
    Malformed,

    /// <summary>401: not signed by who knows the secret.</summary>
    NotAuthentic,

    /// <summary>413: larger than GitHub sends.</summary>
    TooLarge,
}
