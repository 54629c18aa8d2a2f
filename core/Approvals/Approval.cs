using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Approvals;

/// <summary>What somebody has said of a plan.</summary>
/// <param name="By">Who.</param>
/// <param name="Says">What.</param>
/// <param name="Plan">The digest of the plan that it is about, and of no other.</param>
/// <param name="At">When.</param>
/// <param name="Why">Why; null when not said.</param>
/// <param name="NotBefore">Before when the rollout is not to begin, though it is approved; null for at once.</param>
/// <param name="Key">By what it is known when it comes again; null when by nothing.</param>
public sealed record Approval(string By, ApprovalWord Says, Sha256Digest Plan, DateTimeOffset At, string? Why, DateTimeOffset? NotBefore = null, string? Key = null);

/// <summary>What can be said of a plan.</summary>
[JsonConverter(typeof(WordJsonConverter<ApprovalWord>))]
public enum ApprovalWord
{
    /// <summary>It may be carried out.</summary>
    Approve,

    /// <summary>It may not.</summary>
    Reject,
}

/// <summary>Where a plan stands with those who have to approve it.</summary>
/// <param name="State">Where.</param>
/// <param name="Reason">What is lacking, or why it is over; null when it may begin.</param>
/// <param name="IsLacking">Whether approvers have to say more.</param>
public sealed record ApprovalAnswer(ApprovalState State, string? Reason, bool IsLacking = false);

/// <summary>Where a plan stands with those who have to approve it.</summary>
[JsonConverter(typeof(WordJsonConverter<ApprovalState>))]
public enum ApprovalState
{
    /// <summary>It may begin.</summary>
    Granted,

    /// <summary>Somebody has to say more, or its time has yet to come.</summary>
    Waiting,

    /// <summary>An approver has rejected it.</summary>
    Rejected,

    /// <summary>A newer release has been promoted meanwhile.</summary>
    Superseded,
}
