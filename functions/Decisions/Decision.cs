using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Decisions;

/// <summary>What somebody decides about a rollout.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">Who: as the platform says it, never as a body does.</param>
/// <param name="Why">Why; null when not said.</param>
/// <param name="Plan">The digest of the plan that is approved or rejected.</param>
/// <param name="NotBefore">Before when an approved rollout is not to begin; null for at once.</param>
/// <param name="Key">The caller's own name for the request, by which it is known when it comes again; null when it has none.</param>
/// <param name="At">When it was made, where it comes later than that; null for now.</param>
public sealed record Decision(DecisionKind Kind, string By, string? Why, Sha256Digest? Plan = null, DateTimeOffset? NotBefore = null, string? Key = null, DateTimeOffset? At = null);

/// <summary>What becomes of a decision.</summary>
/// <param name="Outcome">Whether it was taken.</param>
/// <param name="Detail">Why not; null when it was.</param>
/// <param name="Told">The regions that were told, or the run that it began.</param>
public sealed record DecisionAnswer(DecisionOutcome Outcome, string? Detail, IReadOnlyList<string> Told)
{
    internal static DecisionAnswer Taken(params IReadOnlyList<string> told) => new(DecisionOutcome.Taken, null, told);

    internal static DecisionAnswer Refused(string why) => new(DecisionOutcome.Refused, why, []);

    internal static DecisionAnswer Forbidden(string why) => new(DecisionOutcome.Forbidden, why, []);
}

/// <summary>Whether a decision was taken.</summary>
public enum DecisionOutcome
{
    /// <summary>It was taken, or had been before.</summary>
    Taken,

    /// <summary>There is no such rollout.</summary>
    NotFound,

    /// <summary>Something is missing, or wrong.</summary>
    Malformed,

    /// <summary>Whoever asks may not decide it.</summary>
    Forbidden,

    /// <summary>The rollout does not wait for it.</summary>
    Refused,

    /// <summary>The same key has come before with another decision.</summary>
    KeyReused,
}
