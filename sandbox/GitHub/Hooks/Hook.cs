namespace Orchestrator.Sandbox.GitHub.Hooks;

/// <summary>A webhook of a repository.</summary>
internal sealed class Hook(long id, Uri url, string secret)
{
    public long Id => id;

    public Uri Url => url;

    public string Secret => secret;

    /// <summary>Deliveries, oldest first.</summary>
    public List<Delivery> Deliveries { get; } = [];
}

/// <summary>A webhook that was sent, or is being sent.</summary>
/// <param name="Id">The number of this attempt.</param>
/// <param name="DeliveryId">The delivery's id: the same when it is sent again.</param>
/// <param name="Event">The event.</param>
/// <param name="Action">The event's action.</param>
/// <param name="Payload">The body as it was signed.</param>
/// <param name="At">When.</param>
/// <param name="IsRedelivery">Whether it was sent before.</param>
public sealed record Delivery(long Id, Guid DeliveryId, string Event, string Action, byte[] Payload, DateTimeOffset At, bool IsRedelivery)
{
    /// <summary>The receiver's status; 0 while there is none.</summary>
    public int StatusCode { get; internal set; }

    /// <summary>How it went: <c>OK</c>, or what went wrong.</summary>
    public string Status { get; internal set; } = "pending";

    /// <summary>Ends when the receiver has answered, or has not.</summary>
    public Task Sent { get; internal set; } = Task.CompletedTask;
}
