using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Alerts;

/// <summary>Something that a person has to look at now.</summary>
/// <param name="Id">The same for the same thing, however often it is sent.</param>
/// <param name="Stack">The stack that it happened in; it is told to nobody else.</param>
/// <param name="Type">What happened, as the event's type.</param>
/// <param name="Subject">Where: <c>stack/environment/region</c>.</param>
/// <param name="Tag">The release that it happened to.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="At">When.</param>
public sealed record Alert(string Id, StackName Stack, string Type, string Subject, ReleaseTag Tag, string Reason, DateTimeOffset At)
{
    /// <summary>The type of the alert about a rollback that failed.</summary>
    public const string RollbackFailed = "dual-stack.rollback.failed";
}
