namespace Orchestrator.Sandbox.GitHub.Hooks;

/// <summary>A webhook of a repository, or of the app.</summary>
/// <param name="id">Its id.</param>
/// <param name="url">Where it goes.</param>
/// <param name="secret">What it is signed with.</param>
/// <param name="target">What it belongs to, as its deliveries' headers name it: <c>repository</c> or <c>integration</c>.</param>
/// <param name="targetId">The id of what it belongs to.</param>
internal sealed class Hook(long id, Uri url, string secret, string target, string targetId)
{
    public long Id => id;

    public string Target => target;

    public string TargetId => targetId;

    public Uri Url => url;

    public string Secret => secret;

    /// <summary>Deliveries, oldest first.</summary>
    public List<Delivery> Deliveries { get; } = [];
}

/// <summary>A webhook that was sent, or is being sent.</summary>
/// <param name="Id">The number of this attempt.</param>
/// <param name="DeliveryId">The event's id: the same for every webhook that it goes to, and when it is sent again.</param>
/// <param name="Event">The event.</param>
/// <param name="Action">The event's action.</param>
/// <param name="Payload">The body as it was signed.</param>
/// <param name="At">When.</param>
/// <param name="IsRedelivery">Whether it was sent before.</param>
public sealed record Delivery(long Id, Guid DeliveryId, string Event, string Action, byte[] Payload, DateTimeOffset At, bool IsRedelivery)
{
    /// <summary>The id of the repository that it is about.</summary>
    public long RepositoryId { get; init; }

    /// <summary>The receiver's status; 0 while there is none.</summary>
    public int StatusCode { get; internal set; }

    /// <summary>How it went: <c>OK</c>, or what went wrong.</summary>
    public string Status { get; internal set; } = "pending";

    /// <summary>Ends when the receiver has answered, or has not.</summary>
    public Task Sent { get; internal set; } = Task.CompletedTask;
}
