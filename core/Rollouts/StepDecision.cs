using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Rollouts;

/// <summary>What a person has decided about a region that waits for one.</summary>
/// <param name="Kind">What.</param>
/// <param name="Since">When the step began that the decision is about: one that comes late must not answer a later question.</param>
/// <param name="By">Who.</param>
/// <param name="Why">Why; null when not said.</param>
public sealed record StepDecision(DecisionKind Kind, DateTimeOffset Since, string By, string? Why);

/// <summary>What a person can decide about a rollout.</summary>
[JsonConverter(typeof(WordJsonConverter<DecisionKind>))]
public enum DecisionKind
{
    /// <summary>What a region paused at is tried again.</summary>
    Resume,

    /// <summary>The regions that await it get all traffic.</summary>
    Promote,

    /// <summary>The rollout is stopped and everything that it has changed goes back.</summary>
    RollBack,

    /// <summary>Nothing more is begun until somebody resumes.</summary>
    Pause,

    /// <summary>The bake that is under way ends now.</summary>
    SkipBake,

    /// <summary>The rollout goes on although its environment is frozen.</summary>
    OverrideFreeze,

    /// <summary>The regions that do not run the release are tried again.</summary>
    Retry,

    /// <summary>What runs is verified again.</summary>
    Verify,

    /// <summary>The plan may be carried out.</summary>
    Approve,

    /// <summary>The plan may not be carried out.</summary>
    Reject,
}

/// <summary>The order to stop a rollout, or one region of it, and to go back.</summary>
/// <param name="Reason">Why, for people.</param>
/// <param name="Supersedes">Whether a newer release takes the rollout's place.</param>
/// <param name="By">The person who gives it; null when policy does.</param>
public sealed record StopOrder(string Reason, bool Supersedes = false, string? By = null);
